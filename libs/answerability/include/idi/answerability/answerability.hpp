// Whether the database can answer a question at all: what it asks for and the schema does not have
// ("weather", "profit" without costs), and what comes near. Names, synonyms and cells are looked
// at, and the parser's own scores; never the answer itself.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/linker.hpp"

namespace idi::answerability {

/// How well the words with a meaning of their own ("the", "which", "many" have none) match the
/// schema and its cells.
struct WordSupport {
  int strong = 0;   ///< A name, a synonym of one, a whole cell, or part of a value.
  int related = 0;  ///< Akin to a name ("lives" – "life").
  int partial = 0;  ///< One word of several in a cell.
  std::vector<std::string> unknown;  ///< Nothing matches; as written, each once.

  /// Nothing to go by: no strong word, and what is akin stands beside unknown words or is absent.
  [[nodiscard]] bool is_nothing() const;
  /// 0–1: 1 if every word is strong.
  [[nodiscard]] double share() const;
};
[[nodiscard]] WordSupport support_of(const link::LinkedQuestion& question);

/// A thing that the question asks for and the database does not have.
struct Missing {
  std::string phrase;             ///< "profit"
  std::string why;                ///< "would need costs; there are only prices and amounts paid"
  std::vector<std::string> near;  ///< Natural names of what comes near: "unit price", "total".
  /// What it would take is known, and is not there: more than that nothing is called so.
  bool is_lacking = false;
};

/// What the parser thought. 0–1.
struct ParserOpinion {
  double step_probability = 1;  ///< Of the best candidate.
  double words_used = 1;        ///< Share of content words that the best query uses.
};

struct Verdict {
  bool answerable = true;
  double doubt = 0;  ///< 0–1, also of an answerable question.
  std::vector<Missing> missing;
};

class SchemaNames;  // of this room alone

/// Prepared once per schema (words and stems of all names), then asked many times. Thread-safe.
class Judge {
 public:
  explicit Judge(std::shared_ptr<const link::Linker> linker);

  /// On a question that this linker linked. Before parsing (`opinion` nullopt): only what is
  /// certain from the words. After: with the parser's opinion.
  [[nodiscard]] Verdict verdict_on(const link::LinkedQuestion& question,
                                   const std::optional<ParserOpinion>& opinion) const;

 private:
  std::shared_ptr<const link::Linker> linker_;
  std::shared_ptr<const SchemaNames> names_;
};

/// For a person: "The database has nothing about the weather. …", and what can be asked instead.
[[nodiscard]] Error as_error(const Verdict& verdict, const Schema& schema);

}  // namespace idi::answerability
