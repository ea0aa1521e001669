// Recursive descent over SQLite's SELECT, lenient where data sets are: "! =", "T1 . name", a
// trailing semicolon. What it knows and the intermediate representation cannot say (CASE, window
// functions) is not_supported; what it does not know is sql_rejected.
#pragma once

#include <string_view>

#include "ast.hpp"
#include "idi/core/result.hpp"

namespace idi::sql {

/// Nested parentheses and subqueries deeper than this are limit_exceeded.
inline constexpr int max_nesting = 64;
/// AND, OR, comparisons, arithmetic and set operators of one statement, all together.
inline constexpr int max_operators = 2000;

[[nodiscard]] Result<ast::SelectPtr> parse_select(std::string_view sql);

}  // namespace idi::sql
