// How much of a question the schema and its cells know: what tells a question about this database
// from one about something else.
#pragma once

#include <string>
#include <vector>

#include "idi/link/linked_question.hpp"

namespace idi::engine {

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

}  // namespace idi::engine
