// IR → SQL text. One writer for all dialects; what differs is in write_function, write_division and
// identifiers.cpp.
#include <optional>

#include "identifiers.hpp"
#include "idi/core/text.hpp"
#include "idi/sql/join_planner.hpp"
#include "idi/sql/translate.hpp"
#include "ir_walk.hpp"

namespace idi::sql {
namespace {

using ir::Comparison;
using ir::Expression;
using ir::ExpressionPtr;
using ir::Literal;

/// How a literal beside an expression is to be written.
enum class LiteralType { number, text, plain };

class SqlWriter {
 public:
  SqlWriter(const Schema& schema, Dialect dialect, const JoinPlanner& planner)
      : schema_(schema), dialect_(dialect), planner_(planner) {}

  Result<std::string> write_chain(const ir::Query& query) {
    std::string sql;
    for (const ir::Query* part = &query;; part = part->set_right.get()) {
      sql += write_core(*part);
      if (problem_) return *problem_;
      if (!part->set_operator || !part->set_right) return sql;
      static constexpr std::string_view names[] = {" UNION ", " INTERSECT ", " EXCEPT "};
      sql += names[static_cast<std::size_t>(*part->set_operator)];
    }
  }

 private:
  void fail(Error error) {
    if (!problem_) problem_ = std::move(error);
  }
  std::string subquery(const ir::Query& query) {
    const bool outer_qualified = qualified_;
    Result<std::string> text = write_chain(query);
    qualified_ = outer_qualified;
    if (text) return "(" + *text + ")";
    fail(text.error());
    return {};
  }

  // ---- one core
  std::string write_core(const ir::Query& query) {
    if (query.select.empty()) {
      fail(make_error(ErrorCode::invalid_argument, "a query without anything to select"));
      return {};
    }
    if (const ir::Query* rows = counted_rows(query)) {
      std::string sql = "SELECT COUNT(*) FROM " + subquery(*rows);
      return dialect_ == Dialect::sqlite ? sql : sql + " AS rows_counted";
    }
    const std::string from = write_from(query);
    if (problem_) return {};
    std::string sql = query.distinct ? "SELECT DISTINCT " : "SELECT ";
    for (std::size_t i = 0; i < query.select.size(); ++i) {
      if (i > 0) sql += ", ";
      sql += write_item(*query.select[i], query.select.size() == 1);
    }
    sql += " FROM " + from;
    if (query.where) sql += " WHERE " + write(*query.where);
    for (std::size_t i = 0; i < query.group_by.size(); ++i) {
      sql += i == 0 ? " GROUP BY " : ", ";
      sql += write(*query.group_by[i]);
    }
    if (query.having) sql += " HAVING " + write(*query.having);
    for (std::size_t i = 0; i < query.order_by.size(); ++i) {
      sql += i == 0 ? " ORDER BY " : ", ";
      sql += write(*query.order_by[i].expression);
      if (query.order_by[i].descending) sql += " DESC";
    }
    if (query.limit) sql += " LIMIT " + write_limit(*query.limit);
    return sql;
  }

  static const ir::Query* counted_rows(const ir::Query& query) {
    const auto* call = std::get_if<ir::AggregateCall>(&query.select.front()->node);
    if (call == nullptr || query.select.size() != 1) return nullptr;
    const auto* rows = std::get_if<ir::RowsOf>(&call->argument->node);
    return rows == nullptr ? nullptr : rows->query.get();
  }

  std::string write_from(const ir::Query& query) {
    const std::vector<int> tables = mentioned_tables(query);
    const auto known = [this](int table) {
      return table >= 0 && table < static_cast<int>(schema_.tables.size());
    };
    for (const int table : tables) {
      if (!known(table)) {
        fail(make_error(ErrorCode::invalid_argument, "a table that the schema does not have"));
        return {};
      }
    }
    if (tables.empty()) {
      fail(make_error(ErrorCode::invalid_argument, "a query that mentions no table"));
      return {};
    }
    const Result<JoinPlan> plan = planner_.plan(tables, query.join_hints);
    if (!plan) {
      fail(plan.error());
      return {};
    }
    qualified_ = !plan->steps.empty();
    std::string from = table_name(plan->first_table);
    for (const JoinStep& step : plan->steps) {
      from += " JOIN " + table_name(step.table) + " ON ";
      for (std::size_t i = 0; i < step.conditions.size(); ++i) {
        if (i > 0) from += " AND ";
        from +=
            column_name(step.conditions[i].left) + " = " + column_name(step.conditions[i].right);
      }
    }
    return from;
  }

  std::string table_name(int table) const {
    return quoted_identifier(schema_.tables[static_cast<std::size_t>(table)].name, dialect_);
  }
  std::string column_name(ColumnRef column) const {
    const std::string name = quoted_identifier(schema_.column(column).name, dialect_);
    return qualified_ ? table_name(column.table) + "." + name : name;
  }

  // ---- expressions
  std::string write_item(const Expression& item, bool alone) {
    const auto* star = std::get_if<ir::StarOf>(&item.node);
    if (star == nullptr) return write(item);
    return alone && !qualified_ ? "*" : table_name(star->table) + ".*";
  }
  std::string write(const Expression& expression) {
    return std::visit([this](const auto& node) { return write_node(node); }, expression.node);
  }
  std::string write_node(ColumnRef column) { return column_name(column); }
  std::string write_node(ir::StarOf) { return "*"; }
  std::string write_node(const ir::AggregateCall& call) {
    static constexpr std::string_view names[] = {"COUNT", "SUM", "AVG", "MIN", "MAX"};
    std::string sql(names[static_cast<std::size_t>(call.aggregate)]);
    sql += call.distinct ? "(DISTINCT " : "(";
    return sql + write(*call.argument) + ")";
  }
  std::string write_node(const ir::FunctionCall& call) {
    const std::string argument = write(*call.argument);
    switch (dialect_) {
      case Dialect::sqlite:
        return sqlite_function(call.function, argument);
      case Dialect::postgres:
        return postgres_function(call, argument);
      case Dialect::mysql:
        return mysql_function(call.function, argument);
    }
    return argument;
  }
  static std::string sqlite_function(ir::Function function, const std::string& argument) {
    const auto part = [&](std::string_view format) {
      return "CAST(STRFTIME('" + std::string(format) + "', " + argument + ") AS INTEGER)";
    };
    switch (function) {
      case ir::Function::year:
        return part("%Y");
      case ir::Function::month_number:
        return part("%m");
      case ir::Function::day:
        return part("%d");
      case ir::Function::month:
        break;
    }
    return "STRFTIME('%Y-%m', " + argument + ")";
  }
  std::string postgres_function(const ir::FunctionCall& call, std::string argument) const {
    const auto* column = std::get_if<ColumnRef>(&call.argument->node);
    if (column != nullptr && schema_.column(*column).type != ColumnType::time) {
      argument = "CAST(" + argument + " AS timestamp)";
    }
    switch (call.function) {
      case ir::Function::year:
        return "EXTRACT(YEAR FROM " + argument + ")";
      case ir::Function::month_number:
        return "EXTRACT(MONTH FROM " + argument + ")";
      case ir::Function::day:
        return "EXTRACT(DAY FROM " + argument + ")";
      case ir::Function::month:
        break;
    }
    return "TO_CHAR(" + argument + ", 'YYYY-MM')";
  }
  static std::string mysql_function(ir::Function function, const std::string& argument) {
    switch (function) {
      case ir::Function::year:
        return "YEAR(" + argument + ")";
      case ir::Function::month_number:
        return "MONTH(" + argument + ")";
      case ir::Function::day:
        return "DAY(" + argument + ")";
      case ir::Function::month:
        break;
    }
    return "DATE_FORMAT(" + argument + ", '%Y-%m')";
  }

  std::string write_node(const ir::Binary& binary) {
    static constexpr std::string_view names[] = {" + ", " - ", " * ", " / "};
    const bool divides = binary.op == ir::Arithmetic::divide;
    const bool product = divides || binary.op == ir::Arithmetic::multiply;
    std::string left = enclosed(*binary.left, product, false);
    const std::string right =
        enclosed(*binary.right, product, divides || binary.op == ir::Arithmetic::subtract);
    // People expect 1 / 2 to be 0.5; MySQL's / is real anyway.
    if (divides && dialect_ != Dialect::mysql) {
      left = "CAST(" + write(*binary.left) +
             (dialect_ == Dialect::sqlite ? " AS REAL)" : " AS double precision)");
    }
    return left + std::string(names[static_cast<std::size_t>(binary.op)]) + right;
  }
  std::string enclosed(const Expression& operand, bool in_product, bool on_right) {
    const std::string sql = write(operand);
    const auto* binary = std::get_if<ir::Binary>(&operand.node);
    if (binary == nullptr) return sql;
    const bool is_sum = binary->op == ir::Arithmetic::add || binary->op == ir::Arithmetic::subtract;
    return (in_product && is_sum) || on_right ? "(" + sql + ")" : sql;
  }
  std::string write_node(const Literal& literal) {
    return write_literal(literal, LiteralType::number);
  }
  std::string write_node(const ir::RowsOf&) {
    fail(make_error(ErrorCode::invalid_argument, "a derived table can be counted on its own only"));
    return {};
  }

  // ---- literals
  std::string write_literal(const Literal& literal, LiteralType type) {
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
  std::string write_limit(const Literal& limit) {
    const bool whole =
        is_plain_number(limit.text) && limit.text.find_first_of(".-") == std::string::npos;
    if (limit.kind != Literal::Kind::any && whole) return limit.text;
    fail(make_error(ErrorCode::invalid_argument, "a LIMIT that is not a whole number"));
    return {};
  }
  LiteralType type_of(const Expression& expression) const {
    if (const auto* column = std::get_if<ColumnRef>(&expression.node)) {
      switch (schema_.column(*column).type) {
        case ColumnType::number:
          return LiteralType::number;
        case ColumnType::text:
          return LiteralType::text;
        default:
          return LiteralType::plain;
      }
    }
    if (const auto* call = std::get_if<ir::AggregateCall>(&expression.node)) {
      const bool keeps_type =
          call->aggregate == ir::Aggregate::min || call->aggregate == ir::Aggregate::max;
      return keeps_type ? type_of(*call->argument) : LiteralType::number;
    }
    if (const auto* call = std::get_if<ir::FunctionCall>(&expression.node)) {
      return call->function == ir::Function::month ? LiteralType::text : LiteralType::number;
    }
    return LiteralType::number;
  }

  // ---- conditions
  std::string write(const ir::Condition& condition) {
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

  std::string write_predicate(const ir::Predicate& predicate) {
    const std::string left = write(*predicate.left);
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
    static constexpr std::string_view names[] = {" = ", " != ", " < ", " > ", " <= ", " >= "};
    return left + std::string(names[static_cast<std::size_t>(predicate.op)]) +
           write_operand(predicate, 0);
  }

  std::string write_operand(const ir::Predicate& predicate, std::size_t index) {
    const auto& operand = predicate.operands[index];
    if (const auto* literal = std::get_if<Literal>(&operand)) {
      return write_literal(*literal, type_of(*predicate.left));
    }
    if (const auto* query = std::get_if<ir::QueryPtr>(&operand)) return subquery(**query);
    return write(*std::get<ExpressionPtr>(operand));
  }
  std::string write_list(const ir::Predicate& predicate) {
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
  std::string write_matched(const Expression& left) {
    const std::string sql = write(left);
    const bool cast = dialect_ == Dialect::postgres && type_of(left) != LiteralType::text;
    return cast ? "CAST(" + sql + " AS text)" : sql;
  }
  std::string write_pattern(const ir::Predicate& predicate) {
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

  const Schema& schema_;
  Dialect dialect_;
  const JoinPlanner& planner_;
  bool qualified_ = false;  // the current core joins tables, so columns need their table's name
  std::optional<Error> problem_;
};

}  // namespace

Result<std::string> to_sql(const ir::Query& query, const Schema& schema, Dialect dialect) {
  return to_sql(query, schema, dialect, JoinPlanner(schema));
}

Result<std::string> to_sql(const ir::Query& query, const Schema& schema, Dialect dialect,
                           const JoinPlanner& planner) {
  return SqlWriter(schema, dialect, planner).write_chain(query);
}

}  // namespace idi::sql
