#include "rewrite.hpp"

#include <utility>

namespace idi::synth {
namespace {

using namespace ir;  // NOLINT: the whole file speaks of its types

ExpressionPtr rewrite_expression(const ExpressionPtr& expression, const Rewriter& rewriter);

/// The column inside an expression, through aggregates and functions of one column.
ColumnRef column_of(const ExpressionPtr& expression) {
  if (const auto* column = std::get_if<ColumnRef>(&expression->node)) return *column;
  if (const auto* call = std::get_if<AggregateCall>(&expression->node)) {
    // The values of COUNT are not values of its column.
    if (call->aggregate == Aggregate::count) return {};
    return column_of(call->argument);
  }
  return {};
}

struct ExpressionRewrite {
  const Rewriter& rewriter;

  Expression operator()(ColumnRef column) const { return {rewriter.column(column)}; }
  Expression operator()(StarOf star) const { return {StarOf{rewriter.table(star.table)}}; }
  Expression operator()(const AggregateCall& call) const {
    return {
        AggregateCall{call.aggregate, call.distinct, rewrite_expression(call.argument, rewriter)}};
  }
  Expression operator()(const FunctionCall& call) const {
    return {FunctionCall{call.function, rewrite_expression(call.argument, rewriter)}};
  }
  Expression operator()(const Binary& binary) const {
    return {Binary{binary.op, rewrite_expression(binary.left, rewriter),
                   rewrite_expression(binary.right, rewriter)}};
  }
  Expression operator()(const Literal& literal) const {
    return {rewriter.literal(literal, ColumnRef{})};
  }
  Expression operator()(const RowsOf& rows) const {
    return {RowsOf{std::make_shared<Query>(rewrite(*rows.query, rewriter))}};
  }
};

ExpressionPtr rewrite_expression(const ExpressionPtr& expression, const Rewriter& rewriter) {
  return std::make_shared<Expression>(std::visit(ExpressionRewrite{rewriter}, expression->node));
}

struct OperandRewrite {
  const Rewriter& rewriter;
  ColumnRef compared;
  using Operand = std::variant<Literal, QueryPtr, ExpressionPtr>;

  Operand operator()(const Literal& literal) const { return rewriter.literal(literal, compared); }
  Operand operator()(const QueryPtr& query) const {
    return std::make_shared<Query>(rewrite(*query, rewriter));
  }
  Operand operator()(const ExpressionPtr& expression) const {
    return rewrite_expression(expression, rewriter);
  }
};

ConditionPtr rewrite_condition(const ConditionPtr& condition, const Rewriter& rewriter);

struct ConditionRewrite {
  const Rewriter& rewriter;

  Condition operator()(const Predicate& predicate) const {
    Predicate changed{
        predicate.op, predicate.negated, rewrite_expression(predicate.left, rewriter), {}};
    const ColumnRef compared = column_of(predicate.left);
    for (const auto& operand : predicate.operands) {
      changed.operands.push_back(std::visit(OperandRewrite{rewriter, compared}, operand));
    }
    return {std::move(changed)};
  }
  Condition operator()(const And& all) const { return {And{parts_of(all.parts)}}; }
  Condition operator()(const Or& any) const { return {Or{parts_of(any.parts)}}; }

  std::vector<ConditionPtr> parts_of(const std::vector<ConditionPtr>& parts) const {
    std::vector<ConditionPtr> changed;
    for (const auto& part : parts) changed.push_back(rewrite_condition(part, rewriter));
    return changed;
  }
};

ConditionPtr rewrite_condition(const ConditionPtr& condition, const Rewriter& rewriter) {
  if (!condition) return nullptr;
  return std::make_shared<Condition>(std::visit(ConditionRewrite{rewriter}, condition->node));
}

}  // namespace

ir::Query rewrite(const ir::Query& query, const Rewriter& rewriter) {
  Query changed = query;
  for (auto& item : changed.select) item = rewrite_expression(item, rewriter);
  for (int& table : changed.extra_tables) table = rewriter.table(table);
  for (JoinHint& hint : changed.join_hints) {
    hint = {rewriter.column(hint.left), rewriter.column(hint.right)};
  }
  changed.where = rewrite_condition(query.where, rewriter);
  for (auto& key : changed.group_by) key = rewrite_expression(key, rewriter);
  changed.having = rewrite_condition(query.having, rewriter);
  for (auto& item : changed.order_by)
    item.expression = rewrite_expression(item.expression, rewriter);
  if (query.limit) changed.limit = rewriter.literal(*query.limit, ColumnRef{});
  if (query.set_right)
    changed.set_right = std::make_shared<Query>(rewrite(*query.set_right, rewriter));
  return changed;
}

}  // namespace idi::synth
