// The first phase: what kind of question it is. Looks at words and at the schema's names, never at
// a particular database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "idi/chart/chart.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

namespace idi::engine {

inline constexpr std::size_t max_question_bytes = 4000;

/// The question as it is asked further: valid, trimmed, blanks joined.
/// Errors: invalid_argument (empty, not UTF-8), limit_exceeded (too long).
[[nodiscard]] Result<std::string> clean_question(std::string_view question);

enum class Intent {
  data,          ///< To be answered from the rows.
  redraw,        ///< The last answer in another picture: "as a pie please".
  list_tables,   ///< About the schema: which tables.
  list_columns,  ///< About the schema: the columns of `table`.
  find_column,   ///< About the schema: which tables have `column`.
  connections,   ///< About the schema: the keys of all tables, of `table`, or from it to another.
};

struct Understanding {
  Intent intent = Intent::data;
  std::string question;              ///< Without what was said of the picture; empty: redraw.
  std::optional<chart::Kind> chart;  ///< The picture that is asked for.
  int table = -1;                    ///< list_columns, connections.
  int other_table = -1;              ///< connections: of the two, the second.
  std::string column;                ///< find_column: its natural name.
};

/// REQUIRES: a cleaned question. Errors: refused (asks for a change of the data), unanswerable
/// (greetings and what no database knows); both in friendly words, with what can be asked.
[[nodiscard]] Result<Understanding> understand(std::string_view question, const Schema& schema);

}  // namespace idi::engine
