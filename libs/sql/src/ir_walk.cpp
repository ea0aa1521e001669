#include "ir_walk.hpp"

#include <algorithm>

namespace idi::sql {

using ir::Condition;
using ir::ConditionPtr;
using ir::Expression;
using ir::ExpressionPtr;

ExpressionPtr map_leaves(const ExpressionPtr& expression, const LeafMap& map) {
  const auto make = [](auto node) {
    return std::make_shared<const Expression>(Expression{std::move(node)});
  };
  if (const auto* column = std::get_if<ColumnRef>(&expression->node)) {
    return make(map.column(*column));
  }
  if (const auto* star = std::get_if<ir::StarOf>(&expression->node)) return make(map.star(*star));
  if (const auto* call = std::get_if<ir::AggregateCall>(&expression->node)) {
    if (map.aggregate) {
      if (auto replaced = map.aggregate(*call)) return make(std::move(*replaced));
    }
    ir::AggregateCall mapped = *call;
    if (call->when) mapped.when = map_leaves(call->when, map);
    mapped.argument = map_leaves(call->argument, map);
    return make(std::move(mapped));
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&expression->node)) {
    return make(ir::FunctionCall{call->function, map_leaves(call->argument, map)});
  }
  if (const auto* binary = std::get_if<ir::Binary>(&expression->node)) {
    ExpressionPtr left = map_leaves(binary->left, map);
    return make(ir::Binary{binary->op, std::move(left), map_leaves(binary->right, map)});
  }
  return expression;
}

ConditionPtr map_leaves(const ConditionPtr& condition, const LeafMap& map) {
  Condition result = *condition;
  if (auto* predicate = std::get_if<ir::Predicate>(&result.node)) {
    predicate->left = map_leaves(predicate->left, map);
    for (auto& operand : predicate->operands) {
      if (auto* expression = std::get_if<ExpressionPtr>(&operand)) {
        *expression = map_leaves(*expression, map);
      }
    }
  } else {
    auto& parts = std::holds_alternative<ir::And>(result.node)
                      ? std::get<ir::And>(result.node).parts
                      : std::get<ir::Or>(result.node).parts;
    for (ConditionPtr& part : parts) part = map_leaves(part, map);
  }
  return std::make_shared<const Condition>(std::move(result));
}

void map_leaves(ir::Query& query, const LeafMap& map) {
  for (ExpressionPtr& item : query.select) item = map_leaves(item, map);
  if (query.where) query.where = map_leaves(query.where, map);
  for (ExpressionPtr& key : query.group_by) key = map_leaves(key, map);
  if (query.having) query.having = map_leaves(query.having, map);
  for (ir::OrderItem& item : query.order_by) item.expression = map_leaves(item.expression, map);
  for (ExpressionPtr& key : query.limit_per) key = map_leaves(key, map);
}

void map_counts(ir::Query& query, const std::function<bool(ColumnRef)>& counts_rows) {
  LeafMap map{[](ColumnRef column) { return column; }, [](ir::StarOf star) { return star; }};
  map.aggregate = [&](const ir::AggregateCall& call) -> std::optional<ir::AggregateCall> {
    const auto* column = std::get_if<ColumnRef>(&call.argument->node);
    const bool plain_count = call.aggregate == ir::Aggregate::count && !call.distinct;
    if (!plain_count || column == nullptr || !counts_rows(*column)) return std::nullopt;
    ir::AggregateCall rows = call;
    if (call.when) rows.when = map_leaves(call.when, map);
    rows.argument = std::make_shared<const Expression>(Expression{ir::StarOf{-1}});
    return rows;
  };
  map_leaves(query, map);
}

std::vector<int> mentioned_tables(const ir::Query& query) {
  std::vector<int> tables;
  const auto add = [&tables](int table) {
    if (table >= 0 && std::find(tables.begin(), tables.end(), table) == tables.end()) {
      tables.push_back(table);
    }
  };
  ir::Query copy = query;
  map_leaves(copy, {[&](ColumnRef column) {
                      add(column.table);
                      return column;
                    },
                    [&](ir::StarOf star) {
                      add(star.table);
                      return star;
                    }});
  for (const int table : query.extra_tables) add(table);
  for (const ir::JoinHint& hint : query.join_hints) {
    add(hint.left.table);
    add(hint.right.table);
  }
  return tables;
}

std::vector<ColumnRef> mentioned_columns(const ir::Query& query) {
  std::vector<ColumnRef> columns;
  ir::Query copy = query;
  map_leaves(copy, {[&](ColumnRef column) {
                      columns.push_back(column);
                      return column;
                    },
                    [](ir::StarOf star) { return star; }});
  return columns;
}

}  // namespace idi::sql
