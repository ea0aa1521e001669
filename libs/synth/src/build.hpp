// Short constructors for trees of the intermediate representation.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "idi/sql/ir.hpp"

namespace idi::synth::build {

using ir::Aggregate;
using ir::Comparison;
using ir::ExpressionPtr;

inline ExpressionPtr column(ColumnRef ref) {
  return std::make_shared<ir::Expression>(ir::Expression{ref});
}
inline ExpressionPtr star(int table) {
  return std::make_shared<ir::Expression>(ir::Expression{ir::StarOf{table}});
}
inline ExpressionPtr call(Aggregate aggregate, ExpressionPtr argument, bool distinct = false) {
  return std::make_shared<ir::Expression>(
      ir::Expression{ir::AggregateCall{aggregate, distinct, std::move(argument)}});
}
inline ExpressionPtr call(Aggregate aggregate, ColumnRef ref) {
  return call(aggregate, column(ref));
}
inline ExpressionPtr count_rows(int table) { return call(Aggregate::count, star(table)); }
inline ExpressionPtr part(ir::Function function, ColumnRef ref) {
  return std::make_shared<ir::Expression>(ir::Expression{ir::FunctionCall{function, column(ref)}});
}
inline ExpressionPtr binary(ir::Arithmetic op, ExpressionPtr left, ExpressionPtr right) {
  return std::make_shared<ir::Expression>(
      ir::Expression{ir::Binary{op, std::move(left), std::move(right)}});
}
inline ir::Literal number(std::string text) {
  return {ir::Literal::Kind::number, std::move(text), -1};
}
inline ir::Literal number(int value) { return number(std::to_string(value)); }
inline ir::Literal text(std::string value) {
  return {ir::Literal::Kind::text, std::move(value), -1};
}
inline ir::ConditionPtr test(ExpressionPtr left, Comparison op, ir::Literal right) {
  ir::Predicate predicate{op, false, std::move(left), {}};
  predicate.operands.emplace_back(std::move(right));
  return std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
}
inline ir::ConditionPtr test(ExpressionPtr left, Comparison op, ir::Query right,
                             bool negated = false) {
  ir::Predicate predicate{op, negated, std::move(left), {}};
  predicate.operands.emplace_back(std::make_shared<const ir::Query>(std::move(right)));
  return std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
}
inline ir::ConditionPtr between(ExpressionPtr left, ir::Literal low, ir::Literal high) {
  ir::Predicate predicate{Comparison::between, false, std::move(left), {}};
  predicate.operands.emplace_back(std::move(low));
  predicate.operands.emplace_back(std::move(high));
  return std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
}
inline ir::ConditionPtr is_null(ExpressionPtr left, bool negated) {
  return std::make_shared<ir::Condition>(
      ir::Condition{ir::Predicate{Comparison::is_null, negated, std::move(left), {}}});
}
inline ir::ConditionPtr both(ir::ConditionPtr a, ir::ConditionPtr b) {
  return std::make_shared<ir::Condition>(ir::Condition{ir::And{{std::move(a), std::move(b)}}});
}
inline ir::ConditionPtr either(ir::ConditionPtr a, ir::ConditionPtr b) {
  return std::make_shared<ir::Condition>(ir::Condition{ir::Or{{std::move(a), std::move(b)}}});
}
inline ir::Query select(std::vector<ExpressionPtr> items, ir::ConditionPtr where = nullptr) {
  ir::Query query;
  query.select = std::move(items);
  query.where = std::move(where);
  return query;
}
inline ir::Query grouped(ir::Query query, std::vector<ExpressionPtr> keys,
                         ir::ConditionPtr having = nullptr) {
  query.group_by = std::move(keys);
  query.having = std::move(having);
  return query;
}
inline ir::Query ordered(ir::Query query, ExpressionPtr key, bool descending, int limit = 0) {
  query.order_by = {{std::move(key), descending}};
  if (limit > 0) query.limit = number(limit);
  return query;
}
inline ir::Query combined(ir::Query left, ir::SetOperator op, ir::Query right) {
  left.set_operator = op;
  left.set_right = std::make_shared<const ir::Query>(std::move(right));
  return left;
}

}  // namespace idi::synth::build
