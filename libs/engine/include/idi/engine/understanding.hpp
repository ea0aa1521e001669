// The first phase: what kind of question it is. Looks at words and at the schema's names, never at
// a particular database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/link/linked_question.hpp"

namespace idi::engine {

inline constexpr std::size_t max_question_bytes = 4000;

/// The question as it is asked further: valid, trimmed, blanks joined.
/// Errors: invalid_argument (empty, not UTF-8), limit_exceeded (too long).
[[nodiscard]] Result<std::string> clean_question(std::string_view question);

enum class Intent {
  data,          ///< To be answered from the rows.
  change_data,   ///< Asks to write: refused.
  list_tables,   ///< About the schema: which tables.
  list_columns,  ///< About the schema: the columns of one table.
};

struct Understanding {
  Intent intent = Intent::data;
  std::string verb;  ///< change_data: the word that asks for it.
  int table = -1;    ///< list_columns: which table.
};

/// REQUIRES: a cleaned question.
[[nodiscard]] Understanding understand(std::string_view question, const Schema& schema);

/// Answers list_tables and list_columns.
[[nodiscard]] ResultTable schema_overview(const Schema& schema);
[[nodiscard]] ResultTable table_overview(const Schema& schema, int table);

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
