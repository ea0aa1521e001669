#include "idi/sql/ir_literals.hpp"

namespace idi::ir {
namespace {

ConditionPtr mapped(const ConditionPtr& condition, const LiteralMap& map);

ExpressionPtr mapped(const ExpressionPtr& expression, const LiteralMap& map,
                     const Predicate* predicate) {
  const auto make = [](auto node) {
    return std::make_shared<const Expression>(Expression{std::move(node)});
  };
  if (const auto* literal = std::get_if<Literal>(&expression->node)) {
    return make(map(*literal, predicate));
  }
  if (const auto* call = std::get_if<AggregateCall>(&expression->node)) {
    AggregateCall result = *call;
    if (call->when) result.when = mapped(call->when, map);
    result.argument = mapped(call->argument, map, predicate);
    return make(std::move(result));
  }
  if (const auto* binary = std::get_if<Binary>(&expression->node)) {
    ExpressionPtr left = mapped(binary->left, map, predicate);
    return make(Binary{binary->op, std::move(left), mapped(binary->right, map, predicate)});
  }
  if (const auto* rows = std::get_if<RowsOf>(&expression->node)) {
    return make(RowsOf{std::make_shared<const Query>(map_literals(*rows->query, map))});
  }
  return expression;
}

ConditionPtr mapped(const ConditionPtr& condition, const LiteralMap& map) {
  Condition result = *condition;
  if (auto* predicate = std::get_if<Predicate>(&result.node)) {
    predicate->left = mapped(predicate->left, map, nullptr);
    const Predicate context = *predicate;
    for (auto& operand : predicate->operands) {
      if (auto* literal = std::get_if<Literal>(&operand)) {
        *literal = map(*literal, &context);
      } else if (auto* query = std::get_if<QueryPtr>(&operand)) {
        *query = std::make_shared<const Query>(map_literals(**query, map));
      } else {
        auto& expression = std::get<ExpressionPtr>(operand);
        expression = mapped(expression, map, nullptr);
      }
    }
  } else {
    auto& parts = std::holds_alternative<And>(result.node) ? std::get<And>(result.node).parts
                                                           : std::get<Or>(result.node).parts;
    for (ConditionPtr& part : parts) part = mapped(part, map);
  }
  return std::make_shared<const Condition>(std::move(result));
}

}  // namespace

Query map_literals(const Query& query, const LiteralMap& map) {
  Query result = query;
  for (ExpressionPtr& item : result.select) item = mapped(item, map, nullptr);
  if (result.where) result.where = mapped(result.where, map);
  for (ExpressionPtr& key : result.group_by) key = mapped(key, map, nullptr);
  if (result.having) result.having = mapped(result.having, map);
  for (OrderItem& item : result.order_by) item.expression = mapped(item.expression, map, nullptr);
  if (result.limit) result.limit = map(*result.limit, nullptr);
  if (result.set_right) {
    result.set_right = std::make_shared<const Query>(map_literals(*result.set_right, map));
  }
  return result;
}

}  // namespace idi::ir
