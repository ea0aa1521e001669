#include <optional>

#include "translator.hpp"

namespace idi::sql {
namespace {

std::optional<ir::Aggregate> aggregate_of(std::string_view name) {
  if (name == "count") return ir::Aggregate::count;
  if (name == "sum" || name == "total") return ir::Aggregate::sum;
  if (name == "avg") return ir::Aggregate::avg;
  if (name == "min") return ir::Aggregate::min;
  if (name == "max") return ir::Aggregate::max;
  return std::nullopt;
}

}  // namespace

using ast::Kind;
using ir::ConditionPtr;
using ir::ExpressionPtr;
using ir::Literal;
Result<ExpressionPtr> Translator::translate(const ast::Expression& expression, const Scope& scope) {
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
  if (!aggregate) return translate_function(call, scope);
  if (call.arguments.size() != 1) return no_words_for(call.name + " of several arguments");
  const ast::Expression& argument = *call.arguments.front();
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
  if (!harmless) return no_words_for("CAST AS " + cast.name);
  return inner;
}

Result<ExpressionPtr> Translator::translate_arithmetic(const ast::Expression& binary,
                                                       const Scope& scope) {
  ir::Arithmetic op = ir::Arithmetic::add;
  if (binary.name == "-") {
    op = ir::Arithmetic::subtract;
  } else if (binary.name == "*") {
    op = ir::Arithmetic::multiply;
  } else if (binary.name == "/") {
    op = ir::Arithmetic::divide;
  } else if (binary.name != "+") {
    return no_words_for("a condition as a value");
  }
  IDI_TRY(ExpressionPtr left, translate(*binary.arguments[0], scope));
  IDI_TRY(ExpressionPtr right, translate(*binary.arguments[1], scope));
  const auto literal = [](const ExpressionPtr& side) { return std::get_if<Literal>(&side->node); };
  if (literal(left) && (op == ir::Arithmetic::add || op == ir::Arithmetic::multiply)) {
    std::swap(left, right);  // numbers stand on the right
  }
  if (literal(left)) return no_words_for("a number on the left of an operation");
  // x * 1.0 is an idiom for real division, which is what ours is anyway.
  if (op == ir::Arithmetic::multiply && literal(right) && literal(right)->text == "1.0") {
    return left;
  }
  return make_expression(ir::Binary{op, std::move(left), std::move(right)});
}

}  // namespace idi::sql
