#include "spelling.hpp"

#include <memory>

#include "idi/core/assert.hpp"
#include "idi/sql/translate.hpp"
#include "plain_data.hpp"

namespace idi::prompt {

namespace {

/// As sql::to_sql writes it: it is asked, so that the prompt's names are those of the grammar and
/// of the built-in parser's statements.
std::string spelled(const std::string& name, Dialect dialect) {
  Schema schema;
  schema.tables.emplace_back().name = name;
  schema.tables[0].columns.emplace_back().name = "c";
  ir::Query query;
  query.select = {std::make_shared<const ir::Expression>(ir::Expression{ir::StarOf{0}})};
  constexpr std::string_view before = "SELECT * FROM ";
  const auto sql = sql::to_sql(query, schema, dialect);
  IDI_ASSERT(sql.has_value() && sql->starts_with(before));
  return sql->substr(before.size());
}

}  // namespace

std::string spelled_table(const Schema& schema, int table, Dialect dialect) {
  return spelled(schema.tables[static_cast<std::size_t>(table)].name, dialect);
}

std::string spelled_column(const Schema& schema, ColumnRef column, Dialect dialect) {
  return spelled(schema.column(column).name, dialect);
}

std::string spelled_qualified(const Schema& schema, ColumnRef column, Dialect dialect) {
  return spelled_table(schema, column.table, dialect) + '.' +
         spelled_column(schema, column, dialect);
}

std::string quoted_cell(std::string_view cell, std::size_t max_bytes) {
  std::string quoted = "'";
  for (const char c : plain_data(cell, max_bytes)) {
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + '\'';
}

}  // namespace idi::prompt
