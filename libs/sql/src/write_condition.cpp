// Conditions and literals as text; the class: sql_writer.hpp.
#include "identifiers.hpp"
#include "sql_writer.hpp"

namespace idi::sql {

using ir::Comparison;
using ir::ExpressionPtr;
using ir::Literal;

namespace {

/// REQUIRES: one of the six that compare two values.
std::string_view comparison_name(Comparison op) {
  static constexpr std::string_view names[] = {" = ", " != ", " < ", " > ", " <= ", " >= "};
  return names[static_cast<std::size_t>(op)];
}

}  // namespace

std::string SqlWriter::write_literal(const Literal& literal, LiteralType type) {
  if (literal.kind == Literal::Kind::any) {
    fail(make_error(ErrorCode::invalid_argument, "a value of the query is not known yet"));
    return {};
  }
  const bool plain = is_plain_number(literal.text);
  const bool as_number =
      plain && (type == LiteralType::number ||
                (type == LiteralType::plain && literal.kind == Literal::Kind::number));
  return as_number ? literal.text : quoted_text(literal.text, dialect_);
}
std::string SqlWriter::write_limit(const Literal& limit) {
  const bool whole =
      is_plain_number(limit.text) && limit.text.find_first_of(".-") == std::string::npos;
  if (limit.kind != Literal::Kind::any && whole) return limit.text;
  fail(make_error(ErrorCode::invalid_argument, "a LIMIT that is not a whole number"));
  return {};
}
SqlWriter::LiteralType SqlWriter::type_of(const Column& column) const {
  switch (column.type) {
    case ColumnType::number:
      return LiteralType::number;
    case ColumnType::text:
      return LiteralType::text;
    case ColumnType::time:
      break;
    default:
      return LiteralType::plain;
  }
  switch (column.time_encoding) {
    case TimeEncoding::epoch_seconds:
    case TimeEncoding::epoch_millis:
    case TimeEncoding::julian_day:
      return LiteralType::number;
    case TimeEncoding::compact_day:
      return column_type_of(column.declared_type) == ColumnType::text ? LiteralType::text
                                                                      : LiteralType::number;
    case TimeEncoding::day_first:
    case TimeEncoding::month_first:
      return LiteralType::text;
    case TimeEncoding::native:
      break;
  }
  return LiteralType::plain;
}

SqlWriter::LiteralType SqlWriter::type_of(const ir::Expression& expression) const {
  if (const auto* column = std::get_if<ColumnRef>(&expression.node)) {
    return type_of(schema_.column(*column));
  }
  if (const auto* call = std::get_if<ir::AggregateCall>(&expression.node)) {
    const bool keeps_type =
        (call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max) &&
        (call->over == ir::Over::itself || call->over == ir::Over::running);
    return keeps_type ? type_of(*call->argument) : LiteralType::number;
  }
  if (const auto* call = std::get_if<ir::FunctionCall>(&expression.node)) {
    switch (call->function) {
      case ir::Function::year:
      case ir::Function::month_number:
      case ir::Function::day:
        return LiteralType::number;
      case ir::Function::month:
      case ir::Function::quarter:
      case ir::Function::week:
      case ir::Function::weekday:
      case ir::Function::date:
        return LiteralType::text;
    }
  }
  return LiteralType::number;
}

std::string SqlWriter::write(const ir::Condition& condition) {
  if (const auto* predicate = std::get_if<ir::Predicate>(&condition.node)) {
    return write_predicate(*predicate);
  }
  const auto* all = std::get_if<ir::And>(&condition.node);
  const auto& parts = all != nullptr ? all->parts : std::get<ir::Or>(condition.node).parts;
  std::string sql;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) sql += all != nullptr ? " AND " : " OR ";
    const bool enclose = all != nullptr && std::holds_alternative<ir::Or>(parts[i]->node);
    const std::string part = write(*parts[i]);
    sql += enclose ? "(" + part + ")" : part;
  }
  return sql;
}

std::string SqlWriter::write_predicate(const ir::Predicate& predicate) {
  if (const auto mixed = write_mixed_times(predicate)) return *mixed;
  const bool as_stored = predicate.op == Comparison::is_null;
  const std::string left = as_stored ? write(*predicate.left) : write_comparable(*predicate.left);
  const std::string_view negation = predicate.negated ? " NOT" : "";
  const std::size_t wanted = predicate.op == Comparison::is_null   ? 0
                             : predicate.op == Comparison::between ? 2
                                                                   : 1;
  const bool enough = predicate.op == Comparison::in ? !predicate.operands.empty()
                                                     : predicate.operands.size() == wanted;
  if (!enough) {
    fail(make_error(ErrorCode::invalid_argument, "a comparison with missing operands"));
    return {};
  }
  switch (predicate.op) {
    case Comparison::is_null:
      return left + (predicate.negated ? " IS NOT NULL" : " IS NULL");
    case Comparison::between:
      return left + std::string(negation) + " BETWEEN " + write_operand(predicate, 0) + " AND " +
             write_operand(predicate, 1);
    case Comparison::in:
      return left + std::string(negation) + " IN " + write_list(predicate);
    case Comparison::like:
    case Comparison::like_prefix:
    case Comparison::like_suffix:
      return write_matched(*predicate.left) + std::string(negation) +
             (dialect_ == Dialect::postgres ? " ILIKE " : " LIKE ") + write_pattern(predicate);
    default:
      break;
  }
  return left + std::string(comparison_name(predicate.op)) + write_operand(predicate, 0);
}

std::optional<std::string> SqlWriter::write_mixed_times(const ir::Predicate& predicate) {
  if (predicate.op > Comparison::greater_equal || predicate.operands.size() != 1) return {};
  const auto* right = std::get_if<ExpressionPtr>(&predicate.operands.front());
  if (right == nullptr || !is_time(*predicate.left) || !is_time(**right)) return {};
  const Moment a = moment(*predicate.left), b = moment(**right);
  if (a.encoding == b.encoding) return {};
  return native_time(a, dialect_) + std::string(comparison_name(predicate.op)) +
         native_time(b, dialect_);
}

std::string SqlWriter::write_operand(const ir::Predicate& predicate, std::size_t index) {
  const auto& operand = predicate.operands[index];
  if (const auto* literal = std::get_if<Literal>(&operand)) {
    return write_literal(*literal, type_of(*predicate.left));
  }
  if (const auto* query = std::get_if<ir::QueryPtr>(&operand)) return subquery(**query, true);
  return write_comparable(*std::get<ExpressionPtr>(operand));
}
std::string SqlWriter::write_list(const ir::Predicate& predicate) {
  if (std::holds_alternative<ir::QueryPtr>(predicate.operands.front())) {
    return write_operand(predicate, 0);
  }
  std::string list = "(";
  for (std::size_t i = 0; i < predicate.operands.size(); ++i) {
    if (i > 0) list += ", ";
    list += write_operand(predicate, i);
  }
  return list + ")";
}
/// SQLite and MySQL match whatever the type and the case; PostgreSQL has to be told to.
std::string SqlWriter::write_matched(const ir::Expression& left) {
  const std::string sql = write(left);
  const auto* call = std::get_if<ir::FunctionCall>(&left.node);
  const bool is_date = call != nullptr && (call->function == ir::Function::week ||
                                           call->function == ir::Function::date);
  const bool cast =
      dialect_ == Dialect::postgres && (is_date || type_of(left) != LiteralType::text);
  return cast ? "CAST(" + sql + " AS text)" : sql;
}
std::string SqlWriter::write_pattern(const ir::Predicate& predicate) {
  const auto* literal = std::get_if<Literal>(&predicate.operands.front());
  if (literal == nullptr || literal->kind == Literal::Kind::any) {
    fail(make_error(ErrorCode::invalid_argument, "a LIKE whose text is not known yet"));
    return {};
  }
  std::string pattern = literal->text;
  if (predicate.op != Comparison::like_suffix) pattern += '%';
  if (predicate.op != Comparison::like_prefix) pattern.insert(0, 1, '%');
  return quoted_text(pattern, dialect_);
}

}  // namespace idi::sql
