// What is wrong with a wrong prediction, read off the two queries side by side. A diagnosis for
// people who look for the next thing to mend, not a measure: two queries can differ in form where
// the error is another.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::eval {

enum class ErrorKind : std::uint8_t {
  unanswered,  ///< No SQL came.
  timeout,     ///< The question or its SQL took too long.
  failed,      ///< The SQL was refused or broke.
  nesting,     ///< Subqueries or set operations differ.
  aggregate,   ///< Aggregates, GROUP BY or DISTINCT differ.
  condition,   ///< Number of conditions, comparisons, AND/OR or negation differ.
  schema,      ///< Other columns, or only other tables.
  join,        ///< The right columns over other tables or join conditions.
  order,       ///< ORDER BY or LIMIT differ.
  value,       ///< Only the values compared with differ.
  other        ///< None of these was seen.
};

inline constexpr std::array all_error_kinds = {
    ErrorKind::unanswered, ErrorKind::timeout,   ErrorKind::failed, ErrorKind::nesting,
    ErrorKind::aggregate,  ErrorKind::condition, ErrorKind::schema, ErrorKind::join,
    ErrorKind::order,      ErrorKind::value,     ErrorKind::other};

/// "schema", "error" for failed, …: the names in the reports.
[[nodiscard]] std::string_view error_kind_name(ErrorKind kind) noexcept;
[[nodiscard]] std::optional<ErrorKind> error_kind_from_name(std::string_view name) noexcept;
/// One line for people.
[[nodiscard]] std::string_view error_kind_meaning(ErrorKind kind) noexcept;

/// All kinds that apply, the first of the enumeration's order first: that one is counted.
using ErrorDiagnosis = std::vector<ErrorKind>;

/// For a prediction that ran and was wrong; never empty. `schema` may be null.
[[nodiscard]] ErrorDiagnosis diagnose(std::string_view gold_sql, std::string_view predicted_sql,
                                      const Schema* schema);

}  // namespace idi::eval
