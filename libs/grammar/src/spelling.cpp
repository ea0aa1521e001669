#include "spelling.hpp"

#include <memory>

#include "idi/core/text.hpp"
#include "idi/sql/translate.hpp"

namespace idi::grammar {
namespace {

constexpr std::string_view select = "SELECT ";

bool writable(std::string_view name) {
  return !name.empty() && name.find('\0') == std::string_view::npos && text::is_valid_utf8(name);
}

/// The guard refuses a backslash before a quote, whose meaning depends on the server's settings.
bool approvable(std::string_view sql, Dialect dialect) {
  if (dialect == Dialect::sqlite) return true;
  for (std::size_t at = sql.find('\\'); at != std::string_view::npos; at = sql.find('\\', at + 1)) {
    const char next = at + 1 < sql.size() ? sql[at + 1] : ' ';
    if (next == '\'' || next == '"' || next == '`') return false;
  }
  return true;
}

ir::ExpressionPtr expression(auto node) {
  return std::make_shared<const ir::Expression>(ir::Expression{std::move(node)});
}

/// What is written for the one table of the schema.
std::string written(ir::Query query, ir::ExpressionPtr item, const Schema& schema, Dialect dialect,
                    const sql::JoinPlanner& planner) {
  query.select = {std::move(item)};
  return sql::to_sql(query, schema, dialect, planner).value_or(std::string());
}

}  // namespace

std::optional<SpelledTable> spell(const Table& table, const std::vector<int>& columns,
                                  Dialect dialect) {
  if (!writable(table.name)) return std::nullopt;
  Schema schema;
  schema.tables.push_back(table);
  const sql::JoinPlanner planner(schema);
  const std::string all = written({}, expression(ir::StarOf{0}), schema, dialect, planner);
  constexpr std::string_view before_table = "SELECT * FROM ";
  if (!all.starts_with(before_table) || !approvable(all, dialect)) return std::nullopt;
  SpelledTable spelled;
  spelled.name = all.substr(before_table.size());
  const std::string from = " FROM " + spelled.name;
  for (const int column : columns) {
    std::string& name = spelled.columns.emplace_back();
    if (!writable(schema.column({0, column}).name)) continue;
    const std::string sql = written({}, expression(ColumnRef{0, column}), schema, dialect, planner);
    if (sql.size() <= select.size() + from.size() || !approvable(sql, dialect)) continue;
    name = sql.substr(select.size(), sql.size() - select.size() - from.size());
  }
  return spelled;
}

std::optional<std::string> spell_text(std::string_view text, Dialect dialect) {
  if (text.find('\0') != std::string_view::npos || !text::is_valid_utf8(text)) return std::nullopt;
  Schema schema;
  Column column;
  column.name = "c";
  column.type = ColumnType::text;
  schema.tables.emplace_back();
  schema.tables[0].name = "t";
  schema.tables[0].columns.push_back(column);
  ir::Query query;
  ir::Predicate predicate;
  predicate.left = expression(ColumnRef{0, 0});
  predicate.operands.emplace_back(ir::Literal{ir::Literal::Kind::text, std::string(text), -1});
  query.where = std::make_shared<const ir::Condition>(ir::Condition{predicate});
  const std::string sql =
      written(query, expression(ColumnRef{0, 0}), schema, dialect, sql::JoinPlanner(schema));
  constexpr std::string_view before = "SELECT c FROM t WHERE c = ";
  if (!sql.starts_with(before) || !approvable(sql, dialect)) return std::nullopt;
  return sql.substr(before.size());
}

}  // namespace idi::grammar
