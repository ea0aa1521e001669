// The parts of a query that a person would name when saying what is wrong with it: its tables,
// columns, conditions, aggregates, subqueries. Read off the tokens without judging them, so that
// every text gives an outline; for hardness and kinds of error, never for execution.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::eval {

/// A column or table expression: what it mentions, names in lower case, "table.column" where the
/// table is known.
struct ExpressionOutline {
  std::vector<std::string> columns;
  std::vector<std::string> aggregates;  ///< "count", "sum distinct"
  std::vector<std::string> functions;
  std::vector<std::string> literals;  ///< Numbers in shortest form, texts without quotes.
  std::string arithmetic;             ///< Its operators, in order.
};

struct SelectOutline;

struct PredicateOutline {
  ExpressionOutline left;
  ExpressionOutline right;
  std::string op;  ///< "=", "<", "like", "between", "in", "is", "exists"; empty if none was found.
  bool negated = false;
  std::vector<SelectOutline> subqueries;
};

/// Conditions in a row, with what stands between them; parentheses are looked through.
struct ConditionsOutline {
  std::vector<PredicateOutline> predicates;
  std::vector<std::string> connectors;  ///< "and", "or"
};

struct SelectOutline {
  bool distinct = false;
  std::vector<ExpressionOutline> items;
  std::vector<bool> item_is_aggregate;  ///< Begins with an aggregate, as Spider counts them.
  std::vector<std::string> tables;      ///< "(select)" for a subquery.
  ConditionsOutline join_conditions;
  ConditionsOutline where;
  std::vector<ExpressionOutline> group_by;
  ConditionsOutline having;
  std::vector<ExpressionOutline> order_by;
  std::vector<bool> descending;
  std::string limit;  ///< Empty if none.
  std::vector<SelectOutline> from_subqueries;
  std::vector<SelectOutline> item_subqueries;
  std::string set_operator;              ///< "union", "union all", "intersect", "except" or empty.
  std::vector<SelectOutline> set_right;  ///< One, if there is a set operator.
};

/// Parentheses deeper than this are not looked into.
inline constexpr int max_outline_depth = 40;
/// Only so much of the text is read.
inline constexpr std::size_t max_outline_bytes = 100'000;

/// `schema` may be null; with it, columns without a table are found in the tables of FROM.
[[nodiscard]] SelectOutline outline_sql(std::string_view sql, const Schema* schema);

}  // namespace idi::eval
