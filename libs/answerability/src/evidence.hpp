// What speaks against a question's being about this database, read from its words. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "concepts.hpp"
#include "idi/answerability/answerability.hpp"
#include "schema_names.hpp"

namespace idi::answerability {

/// How a word of the question is known.
enum class Knowledge : unsigned char {
  idle,      ///< It has no meaning of its own: "the", "most", a number.
  name,      ///< A name, or a synonym of one.
  cell,      ///< A whole cell or part of a value.
  akin,      ///< Near to a name, a slip of one, or one word of several in a cell.
  modifier,  ///< Unknown, and no noun: harmless most of the time.
  thing,     ///< An unknown noun.
};

struct Evidence {
  std::vector<Knowledge> words;             ///< By token.
  std::vector<std::string> unknown_things;  ///< As written, each once.
  std::string asked_thing;      ///< The noun that is asked for, if nothing of its phrase is known.
  bool has_near_thing = false;  ///< WordNet sees something akin to an unknown noun.
  bool asked_is_foreign = false;  ///< asked_thing, and WordNet sees nothing akin to it either.
  std::vector<std::pair<const Concept*, std::string>> lacking;  ///< With the words as written.

  [[nodiscard]] int count(Knowledge knowledge) const;
};

[[nodiscard]] Evidence evidence_of(const link::LinkedQuestion& question, const link::Linker& linker,
                                   const SchemaNames& names);

}  // namespace idi::answerability
