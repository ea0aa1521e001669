// The intermediate representation (IR) of a query: join-free, after SemQL (IRNet, arXiv 1905.08205)
// and NatSQL (arXiv 2109.05153). FROM and JOIN are not written; they follow from the columns and
// tables that are mentioned (join_planner.hpp). Plain trees, no I/O.
//
// What is kept beside SemQL: GROUP BY is explicit, "join T" adds a table that nothing mentions,
// "on a = b" overrides the join that the planner would choose.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::ir {

enum class Aggregate : std::uint8_t { count, sum, avg, min, max };
/// Parts of a date or time column. month is YYYY-MM when grouped by people ("sales per month");
/// month_number is 1–12, day the day of the month. quarter is YYYY-Qn, week the ISO date of its
/// Monday, weekday the English name, date the ISO date without its time of day.
enum class Function : std::uint8_t { year, month, month_number, day, quarter, week, weekday, date };
enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide };
enum class Comparison : std::uint8_t {
  equal,
  not_equal,
  less,
  greater,
  less_equal,
  greater_equal,
  like,         ///< contains: LIKE '%v%'
  like_prefix,  ///< LIKE 'v%'
  like_suffix,  ///< LIKE '%v'
  between,
  in,
  is_null
};
enum class SetOperator : std::uint8_t { unite, intersect, except };

/// How a value is known. `any` means: not in the question as such; the value resolver looks for
/// the cell of the compared column that the question means ("female" → 'F').
struct Literal {
  enum class Kind : std::uint8_t { number, text, any };
  Kind kind = Kind::text;
  std::string text;    ///< As in SQL, without quotes: "56", "New York". Empty for any.
  int candidate = -1;  ///< Index into link::LinkedQuestion::values, if it came from there.
  friend bool operator==(const Literal&, const Literal&) = default;
};

struct Query;
using QueryPtr = std::shared_ptr<const Query>;
struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;  // immutable: trees share subtrees

struct Condition;
using ConditionPtr = std::shared_ptr<const Condition>;

struct StarOf {
  int table = -1;
  friend bool operator==(StarOf, StarOf) = default;
};
/// What an aggregate is set in relation to: other groups of the result, or all rows. Groups follow
/// each other in the order of the group key that is a time (a part of one or a column of times; the
/// last such; else a number called year, month or alike; else the first key), apart for each
/// combination of the other keys.
enum class Over : std::uint8_t {
  itself,
  share,    ///< In percent: with `when`, of the same without it; else of all groups together.
  running,  ///< Summed up to this group (sum and count), the extreme so far (min and max).
  change,   ///< Minus the group before; NULL for the first.
  growth    ///< The change in percent of the group before; NULL for the first and after 0.
};
struct AggregateCall {
  Aggregate aggregate;
  bool distinct = false;
  ExpressionPtr argument;
  /// Only of rows where it holds: AGG(CASE WHEN … THEN … END). The sum of no rows is 0.
  ConditionPtr when = nullptr;
  Over over = Over::itself;
};
struct FunctionCall {
  Function function;
  ExpressionPtr argument;
};
/// Subtracting one time (a column, its date or week, its least or greatest) from another gives
/// days, with their fraction. Dividing gives a fraction too, and NULL where the divisor is 0.
struct Binary {
  Arithmetic op;
  ExpressionPtr left, right;
};

/// Only as the argument of count, in a query that has nothing else: the rows of a derived table,
/// SELECT count(*) FROM (query).
struct RowsOf {
  QueryPtr query;
};

/// StarOf alone as a select item is "T.*"; under count it is COUNT(*) over T's rows.
struct Expression {
  std::variant<ColumnRef, StarOf, AggregateCall, FunctionCall, Binary, Literal, RowsOf> node;
};

struct Predicate {
  Comparison op = Comparison::equal;
  bool negated = false;  ///< NOT LIKE, NOT IN, NOT BETWEEN, IS NOT NULL only
  ExpressionPtr left;
  /// One operand (two for between, none for is_null): a literal, a query, a column expression.
  std::vector<std::variant<Literal, QueryPtr, ExpressionPtr>> operands;
};
struct And {
  std::vector<ConditionPtr> parts;
};
struct Or {
  std::vector<ConditionPtr> parts;
};
struct Condition {
  std::variant<Predicate, And, Or> node;
};

struct OrderItem {
  ExpressionPtr expression;
  bool descending = false;
};
struct JoinHint {
  ColumnRef left, right;
  friend bool operator==(const JoinHint&, const JoinHint&) = default;
};

struct Query {
  bool distinct = false;
  std::vector<ExpressionPtr> select;
  std::vector<int> extra_tables;
  std::vector<JoinHint> join_hints;
  ConditionPtr where;
  std::vector<ExpressionPtr> group_by;
  ConditionPtr having;
  std::vector<OrderItem> order_by;
  std::optional<Literal> limit;
  /// The limit counts within each combination of these, not over all: "the top 3 of each category".
  /// Needs an order and a limit; without DISTINCT.
  std::vector<ExpressionPtr> limit_per;
  std::optional<SetOperator> set_operator;
  QueryPtr set_right;
};

}  // namespace idi::ir
