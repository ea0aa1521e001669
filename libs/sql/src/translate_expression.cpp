#include <cstdlib>
#include <optional>

#include "same_tree.hpp"
#include "translator.hpp"

namespace idi::sql {

using ast::Kind;
using ir::ConditionPtr;
using ir::ExpressionPtr;
using ir::Literal;

namespace {

std::optional<ir::Aggregate> aggregate_of(std::string_view name) {
  if (name == "count") return ir::Aggregate::count;
  if (name == "sum" || name == "total") return ir::Aggregate::sum;
  if (name == "avg") return ir::Aggregate::avg;
  if (name == "min") return ir::Aggregate::min;
  if (name == "max") return ir::Aggregate::max;
  return std::nullopt;
}

/// 100 * a / b or a / b * 100, where a is of some of the rows that b is of, else nullptr.
const ir::AggregateCall* part_of_whole(const ir::Binary& binary) {
  const auto scaled = [](const ExpressionPtr& product, ir::Arithmetic op) -> const ir::Binary* {
    const auto* inner = std::get_if<ir::Binary>(&product->node);
    return inner != nullptr && inner->op == op ? inner : nullptr;
  };
  const auto is_hundred = [](const ExpressionPtr& factor) {
    const auto* literal = std::get_if<Literal>(&factor->node);
    return literal != nullptr && (literal->text == "100" || literal->text == "100.0");
  };
  ExpressionPtr part, whole;
  if (binary.op == ir::Arithmetic::divide) {
    const ir::Binary* product = scaled(binary.left, ir::Arithmetic::multiply);
    if (product == nullptr || !is_hundred(product->right)) return nullptr;
    part = product->left;
    whole = binary.right;
  } else if (binary.op == ir::Arithmetic::multiply && is_hundred(binary.right)) {
    const ir::Binary* ratio = scaled(binary.left, ir::Arithmetic::divide);
    if (ratio == nullptr) return nullptr;
    part = ratio->left;
    whole = ratio->right;
  } else {
    return nullptr;
  }
  const auto* some = std::get_if<ir::AggregateCall>(&part->node);
  if (some == nullptr || !some->when || some->over != ir::Over::itself) return nullptr;
  if (some->aggregate != ir::Aggregate::count && some->aggregate != ir::Aggregate::sum) {
    return nullptr;
  }
  ir::AggregateCall all = *some;
  all.when = nullptr;
  return same({all}, *whole) ? some : nullptr;
}

bool is_nullable_zero(const ast::Expression& divisor) {
  return divisor.kind == Kind::call && divisor.name == "nullif" && divisor.arguments.size() == 2 &&
         divisor.arguments[1]->kind == Kind::number && divisor.arguments[1]->text == "0";
}

bool is_condition(const ast::Expression& expression) {
  switch (expression.kind) {
    case Kind::between:
    case Kind::in_list:
    case Kind::like:
    case Kind::is_null:
    case Kind::negation:
      return true;
    case Kind::binary:
      for (const std::string_view name : {"and", "or", "=", "!=", "<", ">", "<=", ">="}) {
        if (expression.name == name) return true;
      }
      return false;
    default:
      return false;
  }
}

}  // namespace

Result<ExpressionPtr> Translator::translate(const ast::Expression& expression, const Scope& scope) {
  Result<ExpressionPtr> translated = translate_node(expression, scope);
  if (translated || translated.error().code != ErrorCode::not_supported) return translated;
  if (ExpressionPtr time = read_time(expression, scope)) return time;
  return translated;
}

Result<ExpressionPtr> Translator::translate_node(const ast::Expression& expression,
                                                 const Scope& scope) {
  switch (expression.kind) {
    case Kind::column: {
      if (is_text(expression, scope)) return make_expression(literal_of(expression));
      const ast::Expression* target = alias_target(expression, scope);
      if (target != nullptr) return translate(*target, scope);
      IDI_TRY(const ColumnRef column, resolve(expression, scope));
      return make_expression(column);
    }
    case Kind::number:
    case Kind::text:
      return make_expression(literal_of(expression));
    case Kind::call:
      return translate_call(expression, scope);
    case Kind::cast:
      return translate_cast(expression, scope);
    case Kind::binary:
      return translate_arithmetic(expression, scope);
    case Kind::choice:
      return no_words_for("CASE outside of an aggregate");
    case Kind::subquery:
      return no_words_for("a subquery within an expression");
    case Kind::null:
      return no_words_for("NULL as a value");
    default:
      return no_words_for("a condition as a value");
  }
}
Result<ExpressionPtr> Translator::translate_call(const ast::Expression& call, const Scope& scope) {
  const std::optional<ir::Aggregate> aggregate = aggregate_of(call.name);
  if (call.over) return translate_running(call, scope);
  if (!aggregate) return translate_function(call, scope);
  if (call.arguments.size() != 1) return no_words_for(call.name + " of several arguments");
  const ast::Expression& argument = *call.arguments.front();
  const bool partial = call.filter || (argument.kind == Kind::choice && !argument.operand) ||
                       (*aggregate == ir::Aggregate::sum && is_condition(argument)) ||
                       (argument.kind == Kind::call && argument.name == "iif");
  if (partial) return translate_partial(call, scope);
  const bool counts_rows = *aggregate == ir::Aggregate::count && !call.distinct &&
                           ((argument.kind == Kind::star && argument.qualifier.empty()) ||
                            argument.kind == Kind::number);
  if (counts_rows) {
    return make_expression(ir::AggregateCall{*aggregate, false, make_expression(ir::StarOf{-1})});
  }
  if (argument.kind == Kind::star) return no_words_for(call.name + " of a star");
  IDI_TRY(ExpressionPtr translated, translate(argument, scope));
  const bool distinct = call.distinct && *aggregate != ir::Aggregate::min &&
                        *aggregate != ir::Aggregate::max;  // changes nothing there
  return make_expression(ir::AggregateCall{*aggregate, distinct, std::move(translated)});
}

Result<ExpressionPtr> Translator::translate_partial(const ast::Expression& call,
                                                    const Scope& scope) {
  const ir::Aggregate aggregate = *aggregate_of(call.name);
  const ast::Expression& argument = *call.arguments.front();
  const ast::Expression* condition = call.filter.get();
  const ast::Expression* value = &argument;
  const ast::Expression* otherwise = nullptr;
  const bool is_call = argument.kind == Kind::call && argument.name == "iif" && !call.filter &&
                       argument.arguments.size() >= 2 && argument.arguments.size() <= 3;
  if (is_call || (argument.kind == Kind::choice && !call.filter && !argument.operand &&
                  argument.arguments.size() == 2)) {
    condition = argument.arguments[0].get();
    value = argument.arguments[1].get();
    otherwise = argument.otherwise.get();
    if (argument.arguments.size() == 3) otherwise = argument.arguments[2].get();
  } else if (is_condition(argument) && !call.filter) {
    condition = &argument;
    value = nullptr;  // counts
  } else if (!call.filter) {
    return no_words_for("CASE with several answers");
  }
  if (otherwise != nullptr && otherwise->kind == Kind::null) otherwise = nullptr;
  const auto is_number = [](const ast::Expression* number, double wanted) {
    return number != nullptr && number->kind == Kind::number &&
           std::strtod(number->text.c_str(), nullptr) == wanted;
  };
  IDI_TRY(ConditionPtr when, translate_condition(*condition, false, scope));
  const bool counts = value == nullptr || value->kind == Kind::number ||
                      value->kind == Kind::text || value->kind == Kind::star;
  const ir::AggregateCall rows{ir::Aggregate::count, false, make_expression(ir::StarOf{-1}), when};
  const bool or_zero = is_number(otherwise, 0);
  if (aggregate == ir::Aggregate::sum && (value == nullptr || is_number(value, 1)) &&
      (otherwise == nullptr || or_zero)) {
    return make_expression(rows);
  }
  if (aggregate == ir::Aggregate::avg && !call.distinct && or_zero) {
    if (is_number(value, 100)) {
      ir::AggregateCall share = rows;
      share.over = ir::Over::share;
      return make_expression(std::move(share));
    }
    if (!is_number(value, 1)) return no_words_for("the average of a value or 0");
    return make_expression(
        ir::Binary{ir::Arithmetic::divide, make_expression(rows),
                   make_expression(ir::AggregateCall{ir::Aggregate::count, false, rows.argument})});
  }
  if (otherwise != nullptr && !(aggregate == ir::Aggregate::sum && or_zero)) {
    return no_words_for("CASE with several answers");
  }
  if (counts) {
    if (aggregate == ir::Aggregate::count && !call.distinct) return make_expression(rows);
    return no_words_for("an aggregate of a constant");
  }
  IDI_TRY(ExpressionPtr translated, translate(*value, scope));
  return make_expression(
      ir::AggregateCall{aggregate, call.distinct, std::move(translated), std::move(when)});
}

Result<ExpressionPtr> Translator::translate_function(const ast::Expression& call,
                                                     const Scope& scope) {
  const auto part = [&](ir::Function function,
                        const ast::Expression& argument) -> Result<ExpressionPtr> {
    if (argument.kind != Kind::column) return no_words_for(call.name + " of an expression");
    IDI_TRY(ExpressionPtr column, translate(argument, scope));
    return make_expression(ir::FunctionCall{function, std::move(column)});
  };
  const auto& arguments = call.arguments;
  if (call.name == "strftime" && arguments.size() == 2 && arguments[0]->kind != Kind::number) {
    const std::string& format =
        arguments[0]->kind == Kind::column ? arguments[0]->name : arguments[0]->text;
    if (format == "%Y") return part(ir::Function::year, *arguments[1]);
    if (format == "%Y-%m") return part(ir::Function::month, *arguments[1]);
    if (format == "%m") return part(ir::Function::month_number, *arguments[1]);
    if (format == "%d") return part(ir::Function::day, *arguments[1]);
    if (format == "%Y-%m-%d") return part(ir::Function::date, *arguments[1]);
    return no_words_for("strftime('" + format + "')");
  }
  if ((call.name == "substr" || call.name == "substring") && arguments.size() == 3 &&
      arguments[1]->text == "1") {
    if (arguments[2]->text == "4") return part(ir::Function::year, *arguments[0]);
    if (arguments[2]->text == "7") return part(ir::Function::month, *arguments[0]);
  }
  if (arguments.size() == 1) {
    if (call.name == "year") return part(ir::Function::year, *arguments[0]);
    if (call.name == "month") return part(ir::Function::month_number, *arguments[0]);
    if (call.name == "day") return part(ir::Function::day, *arguments[0]);
    if (call.name == "date") return part(ir::Function::date, *arguments[0]);
  }
  return no_words_for("the function " + call.name);
}

/// Casts that the writer adds itself (real division, numeric parts of dates) leave no trace.
Result<ExpressionPtr> Translator::translate_cast(const ast::Expression& cast, const Scope& scope) {
  IDI_TRY(ExpressionPtr inner, translate(*cast.arguments.front(), scope));
  const bool to_real = cast.name == "real" || cast.name == "float" || cast.name == "double" ||
                       cast.name == "numeric" || cast.name == "decimal";
  const auto* column = std::get_if<ColumnRef>(&inner->node);
  const bool harmless = to_real || std::holds_alternative<ir::FunctionCall>(inner->node) ||
                        (column != nullptr && schema_.column(*column).type == ColumnType::number);
  const auto* call = std::get_if<ir::AggregateCall>(&inner->node);
  const bool counts = call != nullptr && call->aggregate == ir::Aggregate::count;
  if (!harmless && !counts) return no_words_for("CAST AS " + cast.name);
  return inner;
}

Result<ExpressionPtr> Translator::translate_arithmetic(const ast::Expression& binary,
                                                       const Scope& scope) {
  ir::Arithmetic op = ir::Arithmetic::add;
  if (binary.name == "||") return no_words_for("joining texts with ||");
  if (binary.name == "-") {
    op = ir::Arithmetic::subtract;
  } else if (binary.name == "*") {
    op = ir::Arithmetic::multiply;
  } else if (binary.name == "/") {
    op = ir::Arithmetic::divide;
  } else if (binary.name != "+") {
    return no_words_for("a condition as a value");
  }
  IDI_TRY(ExpressionPtr related, read_relation(binary, scope));
  if (related == nullptr && op == ir::Arithmetic::subtract) {
    IDI_TRY(related, read_days_between(binary, scope));
  }
  if (related != nullptr) return related;
  const ast::Expression* divisor = binary.arguments[1].get();
  if (op == ir::Arithmetic::divide && is_nullable_zero(*divisor)) {
    divisor = divisor->arguments[0].get();
  }
  IDI_TRY(ExpressionPtr left, translate(*binary.arguments[0], scope));
  IDI_TRY(ExpressionPtr right, translate(*divisor, scope));
  const auto literal = [](const ExpressionPtr& side) { return std::get_if<Literal>(&side->node); };
  if (literal(left) && (op == ir::Arithmetic::add || op == ir::Arithmetic::multiply)) {
    std::swap(left, right);  // numbers stand on the right
  }
  if (literal(left)) return no_words_for("a number on the left of an operation");
  // x * 1.0 is an idiom for real division, which is what ours is anyway.
  if (op == ir::Arithmetic::multiply && literal(right) && literal(right)->text == "1.0") {
    return left;
  }
  ir::Binary result{op, std::move(left), std::move(right)};
  if (const ir::AggregateCall* part = part_of_whole(result)) {
    ir::AggregateCall share = *part;
    share.over = ir::Over::share;
    return make_expression(std::move(share));
  }
  return make_expression(std::move(result));
}

}  // namespace idi::sql
