// Queries as text; the class: sql_writer.hpp.
#include "identifiers.hpp"
#include "idi/sql/translate.hpp"
#include "ir_walk.hpp"
#include "sql_writer.hpp"

namespace idi::sql {

namespace {

/// The query of SELECT count(*) FROM (query), if it is one.
const ir::Query* counted_rows(const ir::Query& query) {
  const auto* call = std::get_if<ir::AggregateCall>(&query.select.front()->node);
  if (call == nullptr || query.select.size() != 1) return nullptr;
  const auto* rows = std::get_if<ir::RowsOf>(&call->argument->node);
  return rows == nullptr ? nullptr : rows->query.get();
}

}  // namespace

Result<std::string> SqlWriter::write_chain(const ir::Query& query) {
  std::string sql;
  for (const ir::Query* part = &query;; part = part->set_right.get()) {
    sql += write_core(*part);
    if (problem_) return *problem_;
    if (!part->set_operator || !part->set_right) return sql;
    static constexpr std::string_view names[] = {" UNION ", " INTERSECT ", " EXCEPT "};
    sql += names[static_cast<std::size_t>(*part->set_operator)];
  }
}

std::string SqlWriter::subquery(const ir::Query& query, bool is_operand) {
  const bool outer_qualified = std::exchange(qualified_, false);
  const bool outer_is_operand = std::exchange(is_operand_, is_operand);
  const auto* outer_groups = std::exchange(groups_, nullptr);
  Result<std::string> text = write_chain(query);
  qualified_ = outer_qualified;
  is_operand_ = outer_is_operand;
  groups_ = outer_groups;
  if (text) return "(" + *text + ")";
  fail(text.error());
  return {};
}

std::string SqlWriter::write_core(const ir::Query& query) {
  if (query.select.empty()) {
    fail(make_error(ErrorCode::invalid_argument, "a query without anything to select"));
    return {};
  }
  if (const ir::Query* rows = counted_rows(query)) {
    std::string sql = "SELECT COUNT(*) FROM " + subquery(*rows, false);
    return dialect_ == Dialect::sqlite ? sql : sql + " AS rows_counted";
  }
  groups_ = &query.group_by;
  const std::string from = write_from(query);
  if (problem_) return {};
  if (!query.limit_per.empty()) return write_ranked(query, from);
  std::string sql = query.distinct ? "SELECT DISTINCT " : "SELECT ";
  for (std::size_t i = 0; i < query.select.size(); ++i) {
    if (i > 0) sql += ", ";
    sql += write_item(*query.select[i], query.select.size() == 1);
  }
  sql += write_body(query, from);
  if (!query.order_by.empty()) sql += " " + write_order(query.order_by);
  if (query.limit) sql += " LIMIT " + write_limit(*query.limit);
  return sql;
}

std::string SqlWriter::write_item(const ir::Expression& item, bool alone) {
  const auto* star = std::get_if<ir::StarOf>(&item.node);
  if (star == nullptr) return is_operand_ ? write_comparable(item) : write(item);
  return alone && !qualified_ ? "*" : table_name(star->table) + ".*";
}

std::string SqlWriter::write_body(const ir::Query& query, const std::string& from) {
  std::string sql = " FROM " + from;
  if (query.where) sql += " WHERE " + write(*query.where);
  for (std::size_t i = 0; i < query.group_by.size(); ++i) {
    sql += i == 0 ? " GROUP BY " : ", ";
    sql += write(*query.group_by[i]);
  }
  if (query.having) sql += " HAVING " + write(*query.having);
  return sql;
}

std::string SqlWriter::write_order(const std::vector<ir::OrderItem>& order_by) {
  std::string sql;
  for (std::size_t i = 0; i < order_by.size(); ++i) {
    sql += i == 0 ? "ORDER BY " : ", ";
    sql += write_sorted(*order_by[i].expression);
    if (order_by[i].descending) sql += " DESC";
  }
  return sql;
}

std::string SqlWriter::write_from(const ir::Query& query) {
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
      from += column_name(step.conditions[i].left) + " = " + column_name(step.conditions[i].right);
    }
  }
  return from;
}

std::string SqlWriter::table_name(int table) const {
  return quoted_identifier(schema_.tables[static_cast<std::size_t>(table)].name, dialect_);
}

std::string SqlWriter::column_name(ColumnRef column) const {
  const std::string name = quoted_identifier(schema_.column(column).name, dialect_);
  return qualified_ ? table_name(column.table) + "." + name : name;
}

Result<std::string> to_sql(const ir::Query& query, const Schema& schema, Dialect dialect) {
  return to_sql(query, schema, dialect, JoinPlanner(schema));
}

Result<std::string> to_sql(const ir::Query& query, const Schema& schema, Dialect dialect,
                           const JoinPlanner& planner) {
  return SqlWriter(schema, dialect, planner).write_chain(query);
}

}  // namespace idi::sql
