#include "ir_changes.hpp"

#include <memory>
#include <utility>

#include "ir_trees.hpp"

namespace idi::verification {
namespace {

class PredicateChanger {
 public:
  explicit PredicateChanger(const PredicateChange& change) : change_(change) {}

  ir::Query changed(const ir::Query& query) const {
    ir::Query result = query;
    for (auto& item : result.select) item = changed(item);
    if (result.where) result.where = changed(result.where);
    if (result.having) result.having = changed(result.having);
    for (auto& item : result.order_by) item.expression = changed(item.expression);
    if (result.set_right) {
      result.set_right = std::make_shared<const ir::Query>(changed(*result.set_right));
    }
    return result;
  }

 private:
  ir::ExpressionPtr changed(const ir::ExpressionPtr& expression) const {
    if (const auto* call = std::get_if<ir::AggregateCall>(&expression->node)) {
      ir::AggregateCall result = *call;
      if (call->when) result.when = changed(call->when);
      result.argument = changed(call->argument);
      return make_expression(std::move(result));
    }
    if (const auto* binary = std::get_if<ir::Binary>(&expression->node)) {
      auto left = changed(binary->left);
      return make_expression(ir::Binary{binary->op, std::move(left), changed(binary->right)});
    }
    if (const auto* rows = std::get_if<ir::RowsOf>(&expression->node)) {
      return make_expression(ir::RowsOf{std::make_shared<const ir::Query>(changed(*rows->query))});
    }
    return expression;
  }

  ir::ConditionPtr changed(const ir::ConditionPtr& condition) const {
    if (const auto* predicate = std::get_if<ir::Predicate>(&condition->node)) {
      if (auto replaced = change_(*predicate)) return make_condition(std::move(*replaced));
      ir::Predicate result = *predicate;
      result.left = changed(predicate->left);
      for (auto& operand : result.operands) {
        if (auto* query = std::get_if<ir::QueryPtr>(&operand)) {
          *query = std::make_shared<const ir::Query>(changed(**query));
        } else if (auto* expression = std::get_if<ir::ExpressionPtr>(&operand)) {
          *expression = changed(*expression);
        }
      }
      return make_condition(std::move(result));
    }
    ir::Condition result = *condition;
    auto* all = std::get_if<ir::And>(&result.node);
    for (auto& part : all != nullptr ? all->parts : std::get<ir::Or>(result.node).parts) {
      part = changed(part);
    }
    return std::make_shared<const ir::Condition>(std::move(result));
  }

  const PredicateChange& change_;
};

ir::ExpressionPtr changed(const ir::ExpressionPtr& expression, const AggregateChange& change) {
  if (const auto* call = std::get_if<ir::AggregateCall>(&expression->node)) {
    if (auto replaced = change(*call)) return make_expression(std::move(*replaced));
  } else if (const auto* binary = std::get_if<ir::Binary>(&expression->node)) {
    auto left = changed(binary->left, change);
    return make_expression(ir::Binary{binary->op, std::move(left), changed(binary->right, change)});
  }
  return expression;
}

}  // namespace

ir::Query change_predicates(const ir::Query& query, const PredicateChange& change) {
  return PredicateChanger(change).changed(query);
}

ir::Query change_aggregates(const ir::Query& core, const AggregateChange& change) {
  ir::Query result = core;
  for (auto& item : result.select) item = changed(item, change);
  for (auto& item : result.order_by) item.expression = changed(item.expression, change);
  if (!result.having) return result;
  // Only the left sides and expression operands of HAVING hold aggregates of this core.
  ir::Query holder;
  holder.where = result.having;
  result.having = change_predicates(holder, [&](const ir::Predicate& predicate) {
                    ir::Predicate other = predicate;
                    other.left = changed(predicate.left, change);
                    for (auto& operand : other.operands) {
                      if (auto* side = std::get_if<ir::ExpressionPtr>(&operand)) {
                        *side = changed(*side, change);
                      }
                    }
                    return std::optional(std::move(other));
                  }).where;
  return result;
}

}  // namespace idi::verification
