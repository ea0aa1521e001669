#include <optional>

#include "translator.hpp"

namespace idi::sql {

using ir::Comparison;
namespace {

Comparison flipped(Comparison op) {
  switch (op) {
    case Comparison::less:
      return Comparison::greater;
    case Comparison::greater:
      return Comparison::less;
    case Comparison::less_equal:
      return Comparison::greater_equal;
    case Comparison::greater_equal:
      return Comparison::less_equal;
    default:
      return op;
  }
}
Comparison opposite(Comparison op) {
  switch (op) {
    case Comparison::equal:
      return Comparison::not_equal;
    case Comparison::not_equal:
      return Comparison::equal;
    case Comparison::less:
      return Comparison::greater_equal;
    case Comparison::greater:
      return Comparison::less_equal;
    case Comparison::less_equal:
      return Comparison::greater;
    case Comparison::greater_equal:
      return Comparison::less;
    default:
      return op;
  }
}
std::optional<Comparison> comparison_of(std::string_view op) {
  if (op == "=") return Comparison::equal;
  if (op == "!=") return Comparison::not_equal;
  if (op == "<") return Comparison::less;
  if (op == ">") return Comparison::greater;
  if (op == "<=") return Comparison::less_equal;
  if (op == ">=") return Comparison::greater_equal;
  return std::nullopt;
}
bool is_literal(const ast::Expression& expression) {
  return expression.kind == ast::Kind::number || expression.kind == ast::Kind::text;
}

}  // namespace

using ast::Kind;
using ir::ConditionPtr;
using ir::ExpressionPtr;
using ir::Literal;
/// `negated`: NOT is pushed down to the leaves; under three-valued logic that changes nothing.
Result<ConditionPtr> Translator::translate_condition(const ast::Expression& condition, bool negated,
                                                     const Scope& scope) {
  switch (condition.kind) {
    case Kind::negation:
      return translate_condition(*condition.arguments[0], !negated, scope);
    case Kind::binary:
      if (condition.name == "and" || condition.name == "or") {
        IDI_TRY(ConditionPtr left, translate_condition(*condition.arguments[0], negated, scope));
        IDI_TRY(ConditionPtr right, translate_condition(*condition.arguments[1], negated, scope));
        return (condition.name == "and") != negated
                   ? joined<ir::And>({std::move(left), std::move(right)})
                   : joined<ir::Or>({std::move(left), std::move(right)});
      }
      return translate_comparison(condition, negated, scope);
    case Kind::between: {
      IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
      predicate.op = Comparison::between;
      for (std::size_t i = 1; i < 3; ++i) {
        IDI_TRY(Operand operand, translate_operand(*condition.arguments[i], scope));
        predicate.operands.push_back(std::move(operand));
      }
      return make_condition(std::move(predicate));
    }
    case Kind::in_list: {
      IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
      predicate.op = Comparison::in;
      for (std::size_t i = 1; i < condition.arguments.size(); ++i) {
        IDI_TRY(Operand operand, translate_operand(*condition.arguments[i], scope));
        if (!std::holds_alternative<Literal>(operand)) {
          return no_words_for("IN with anything but values");
        }
        predicate.operands.push_back(std::move(operand));
      }
      return make_condition(std::move(predicate));
    }
    case Kind::in_query: {
      IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
      predicate.op = Comparison::in;
      IDI_TRY(ir::QueryPtr query, translate_chain(plain_set(*condition.select), &scope));
      predicate.operands.push_back(std::move(query));
      return make_condition(std::move(predicate));
    }
    case Kind::is_null: {
      IDI_TRY(ir::Predicate predicate, start_predicate(condition, negated, scope));
      predicate.op = Comparison::is_null;
      return make_condition(std::move(predicate));
    }
    case Kind::like:
      return translate_like(condition, negated, scope);
    default:
      return no_words_for("a value as a condition");
  }
}

/// Within IN, duplicates and order mean nothing. Dropped before the joins are, for they may be
/// what a table is mentioned by.
ast::Select Translator::plain_set(ast::Select select) {
  if (!select.limit) {
    select.distinct = false;
    select.order_by.clear();
  }
  return select;
}

Result<ir::Predicate> Translator::start_predicate(const ast::Expression& condition, bool negated,
                                                  const Scope& scope) {
  ir::Predicate predicate;
  predicate.negated = condition.negated != negated;
  IDI_TRY(predicate.left, translate(*condition.arguments[0], scope));
  if (std::holds_alternative<Literal>(predicate.left->node)) {
    return no_words_for("a condition on a constant");
  }
  return predicate;
}

Result<Translator::Operand> Translator::translate_operand(const ast::Expression& operand,
                                                          const Scope& scope) {
  if (is_literal(operand) || is_text(operand, scope)) return Operand(literal_of(operand));
  if (operand.kind == Kind::subquery) {
    IDI_TRY(ir::QueryPtr query, translate_chain(*operand.select, &scope));
    return Operand(std::move(query));
  }
  IDI_TRY(ExpressionPtr expression, translate(operand, scope));
  if (const auto* literal = std::get_if<Literal>(&expression->node)) return Operand(*literal);
  return Operand(std::move(expression));
}

Result<ConditionPtr> Translator::translate_comparison(const ast::Expression& comparison,
                                                      bool negated, const Scope& scope) {
  const std::optional<Comparison> op = comparison_of(comparison.name);
  if (!op) return no_words_for("a value as a condition");
  ir::Predicate predicate;
  predicate.op = negated ? opposite(*op) : *op;
  const ast::Expression* left = comparison.arguments[0].get();
  const ast::Expression* right = comparison.arguments[1].get();
  if (is_literal(*left) || is_text(*left, scope) || left->kind == Kind::subquery) {
    std::swap(left, right);
    predicate.op = flipped(predicate.op);
  }
  if (is_literal(*left) || is_text(*left, scope) || left->kind == Kind::subquery) {
    return no_words_for("a condition on a constant");
  }
  IDI_TRY(predicate.left, translate(*left, scope));
  IDI_TRY(Operand operand, translate_operand(*right, scope));
  predicate.operands.push_back(std::move(operand));
  return make_condition(std::move(predicate));
}

Result<ConditionPtr> Translator::translate_like(const ast::Expression& like, bool negated,
                                                const Scope& scope) {
  const ast::Expression& pattern = *like.arguments[1];
  if (!is_literal(pattern) && !is_text(pattern, scope)) {
    return no_words_for("LIKE with anything but a text");
  }
  IDI_TRY(ir::Predicate predicate, start_predicate(like, negated, scope));
  Literal literal = literal_of(pattern);
  literal.kind = Literal::Kind::text;
  std::string& text = literal.text;
  const bool open_left = text.starts_with('%');
  const bool open_right = text.size() > 1 && text.ends_with('%');
  if (open_right) text.pop_back();
  if (open_left) text.erase(0, 1);
  if (!open_left && !open_right) {
    if (text.find_first_of("%_") != std::string::npos) {
      return no_words_for("LIKE with a wildcard within the text only");
    }
    // Without a wildcard it is an equality that ignores case; values are stored as they are.
    predicate.op = predicate.negated ? Comparison::not_equal : Comparison::equal;
    predicate.negated = false;
  } else if (open_left && open_right) {
    predicate.op = Comparison::like;
  } else {
    predicate.op = open_right ? Comparison::like_prefix : Comparison::like_suffix;
  }
  predicate.operands.push_back(std::move(literal));
  return make_condition(std::move(predicate));
}

}  // namespace idi::sql
