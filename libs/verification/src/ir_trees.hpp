// Reading and making trees: what the checks need to know of a query, and the small queries that
// they ask. A core is one SELECT; subqueries and the parts of a set operation are cores of their
// own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::verification {

template <typename Node>
[[nodiscard]] ir::ExpressionPtr make_expression(Node node) {
  return std::make_shared<const ir::Expression>(ir::Expression{std::move(node)});
}
template <typename Node>
[[nodiscard]] ir::ConditionPtr make_condition(Node node) {
  return std::make_shared<const ir::Condition>(ir::Condition{std::move(node)});
}
[[nodiscard]] ir::ExpressionPtr aggregate_of(ir::Aggregate aggregate, ir::ExpressionPtr argument);
/// COUNT(*), whatever is joined.
[[nodiscard]] ir::ExpressionPtr count_of_rows();
[[nodiscard]] ir::Literal whole_number(std::int64_t number);
/// Null for none, the part itself for one.
[[nodiscard]] ir::ConditionPtr all_of(std::vector<ir::ConditionPtr> parts);
/// What must all hold: the parts of an AND, however deep, else the condition itself. Of null: none.
[[nodiscard]] std::vector<ir::ConditionPtr> conjuncts(const ir::ConditionPtr& condition);

/// Called for the columns and the tables of stars, conditions of aggregates included, not those of
/// subqueries.
struct Leaves {
  std::function<void(ColumnRef)> column;
  std::function<void(int)> star;
};
void visit(const ir::Expression& expression, const Leaves& leaves);
void visit(const ir::Condition& condition, const Leaves& leaves);
void visit(const ir::Query& core, const Leaves& leaves);

[[nodiscard]] std::vector<int> tables_of(const ir::Expression& expression);
[[nodiscard]] std::vector<int> tables_of(const ir::Condition& condition);
[[nodiscard]] std::vector<ColumnRef> columns_of(const ir::Expression& expression);
/// All that the FROM of the core is made from, in order of first mention.
[[nodiscard]] std::vector<int> mentioned_tables(const ir::Query& core);
/// Without their conditions' tables: of what is shown, grouped by and sorted by.
[[nodiscard]] std::vector<int> shown_tables(const ir::Query& core);

/// Every aggregate of what is shown, of HAVING and of ORDER BY.
[[nodiscard]] std::vector<const ir::AggregateCall*> aggregates_of(const ir::Query& core);
[[nodiscard]] std::vector<const ir::AggregateCall*> aggregates_of(const ir::Expression& expression);
/// SELECT count(*) FROM (query).
[[nodiscard]] bool counts_a_query(const ir::Query& core);

/// The same FROM, and nothing else.
[[nodiscard]] ir::Query from_of(const ir::Query& core);

/// A comparison that stands in a WHERE.
struct Filter {
  const ir::Predicate* predicate = nullptr;
  const ir::Query* core = nullptr;
  /// Where it does not hold, the outermost query has no row for it.
  bool required = false;
};
/// Of the query, the parts of its set operations and all subqueries, in reading order.
[[nodiscard]] std::vector<Filter> filters_of(const ir::Query& query);

/// Structural equality.
[[nodiscard]] bool same(const ir::Expression& a, const ir::Expression& b);

}  // namespace idi::verification
