// Expressions as text; the class: sql_writer.hpp.
#include "sql_writer.hpp"

namespace idi::sql {

using ir::Aggregate;
using ir::Arithmetic;
using ir::Expression;
using ir::Function;

std::string SqlWriter::write(const Expression& expression) {
  return std::visit([this](const auto& node) { return write_node(node); }, expression.node);
}

std::string SqlWriter::write_node(const ir::AggregateCall& call) {
  return call.over == ir::Over::itself ? write_plain(call) : write_related(call);
}

std::string SqlWriter::write_plain(const ir::AggregateCall& call) {
  static constexpr std::string_view names[] = {"COUNT", "SUM", "AVG", "MIN", "MAX"};
  const bool extreme = call.aggregate == Aggregate::min || call.aggregate == Aggregate::max;
  std::string value = extreme ? write_comparable(*call.argument) : write(*call.argument);
  if (call.when) {
    if (std::holds_alternative<ir::StarOf>(call.argument->node)) value = "1";
    value = "CASE WHEN " + write(*call.when) + " THEN " + value;
    // The sum of nothing is nothing, not unknown.
    value += call.aggregate == Aggregate::sum ? " ELSE 0 END" : " END";
  }
  return std::string(names[static_cast<std::size_t>(call.aggregate)]) +
         (call.distinct ? "(DISTINCT " : "(") + value + ")";
}

std::string SqlWriter::write_node(const ir::FunctionCall& call) {
  const auto* column = std::get_if<ColumnRef>(&call.argument->node);
  if (column == nullptr) {
    fail(make_error(ErrorCode::invalid_argument, "a part of a time that is no column"));
    return {};
  }
  return time_part(call.function, column_name(*column), schema_.column(*column), dialect_);
}

std::string SqlWriter::write_node(const ir::Binary& binary) {
  static constexpr std::string_view names[] = {" + ", " - ", " * ", " / "};
  if (binary.op == Arithmetic::subtract && is_time(*binary.left) && is_time(*binary.right)) {
    return days_between(moment(*binary.left), moment(*binary.right), dialect_);
  }
  const bool divides = binary.op == Arithmetic::divide;
  const bool product = divides || binary.op == Arithmetic::multiply;
  std::string left = enclosed(*binary.left, product, false);
  std::string right =
      enclosed(*binary.right, product, divides || binary.op == Arithmetic::subtract);
  // People expect 1 / 2 to be 0.5; MySQL's / is real anyway.
  if (divides && dialect_ != Dialect::mysql) {
    left = "CAST(" + write(*binary.left) +
           (dialect_ == Dialect::sqlite ? " AS REAL)" : " AS double precision)");
  }
  if (divides && !std::holds_alternative<ir::Literal>(binary.right->node)) {
    right = nonzero(right);
  }
  return left + std::string(names[static_cast<std::size_t>(binary.op)]) + right;
}

/// What divided by 0 gives is NULL; PostgreSQL has to be told.
std::string SqlWriter::nonzero(const std::string& divisor) const {
  return dialect_ == Dialect::postgres ? "NULLIF(" + divisor + ", 0)" : divisor;
}

std::string SqlWriter::enclosed(const Expression& operand, bool in_product, bool on_right) {
  const std::string sql = write(operand);
  if (const auto* call = std::get_if<ir::AggregateCall>(&operand.node)) {
    return call->over == ir::Over::itself ? sql : "(" + sql + ")";
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&operand.node)) {
    return call->function == Function::quarter ? "(" + sql + ")" : sql;
  }
  const auto* binary = std::get_if<ir::Binary>(&operand.node);
  if (binary == nullptr) return sql;
  const bool is_sum = binary->op == Arithmetic::add || binary->op == Arithmetic::subtract;
  return (in_product && is_sum) || on_right ? "(" + sql + ")" : sql;
}

std::string SqlWriter::write_node(const ir::RowsOf&) {
  fail(make_error(ErrorCode::invalid_argument, "a derived table can be counted on its own only"));
  return {};
}

std::string SqlWriter::write_comparable(const Expression& expression) {
  const auto* column = std::get_if<ColumnRef>(&expression.node);
  if (column == nullptr) return write(expression);
  return comparable_time(column_name(*column), schema_.column(*column), dialect_);
}

std::string SqlWriter::write_sorted(const Expression& expression) {
  const auto* call = std::get_if<ir::FunctionCall>(&expression.node);
  const auto* column = call == nullptr ? nullptr : std::get_if<ColumnRef>(&call->argument->node);
  if (column == nullptr) return write_comparable(expression);
  return sorted_time_part(call->function, column_name(*column), schema_.column(*column), dialect_);
}

bool SqlWriter::is_time(const Expression& expression) const {
  if (const auto* column = std::get_if<ColumnRef>(&expression.node)) {
    return schema_.column(*column).type == ColumnType::time;
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&expression.node)) {
    return call->function == Function::date || call->function == Function::week;
  }
  const auto* call = std::get_if<ir::AggregateCall>(&expression.node);
  return call != nullptr && call->over == ir::Over::itself &&
         (call->aggregate == Aggregate::min || call->aggregate == Aggregate::max) &&
         is_time(*call->argument);
}

Moment SqlWriter::moment(const Expression& expression) {
  if (const auto* column = std::get_if<ColumnRef>(&expression.node)) {
    return {column_name(*column), schema_.column(*column).time_encoding, false};
  }
  const std::string sql = write(expression);
  const auto* call = std::get_if<ir::AggregateCall>(&expression.node);
  const auto* column = call == nullptr ? nullptr : std::get_if<ColumnRef>(&call->argument->node);
  // The extreme of a column that doesn't sort as stored is ISO text already.
  if (column == nullptr || !sorts_as_stored(schema_.column(*column))) {
    return {sql, TimeEncoding::native, true};
  }
  return {sql, schema_.column(*column).time_encoding, false};
}

}  // namespace idi::sql
