#include "spider.hpp"

#include <boost/json/src.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "idi/sql/join_planner.hpp"

namespace idi::sql::testing {
namespace {

namespace json = boost::json;

json::value read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream content;
  content << file.rdbuf();
  return json::parse(content.str());
}

std::string as_string(const json::value& value) { return json::value_to<std::string>(value); }

ColumnType type_of(std::string_view name) {
  if (name == "text") return ColumnType::text;
  if (name == "number") return ColumnType::number;
  if (name == "time") return ColumnType::time;
  if (name == "boolean") return ColumnType::boolean;
  return ColumnType::other;
}

Schema schema_of(const json::object& database) {
  Schema schema;
  schema.name = as_string(database.at("db_id"));
  for (const json::value& name : database.at("table_names_original").as_array()) {
    Table table;
    table.name = as_string(name);
    schema.tables.push_back(std::move(table));
  }
  std::vector<ColumnRef> columns;
  const json::array& types = database.at("column_types").as_array();
  for (const json::value& entry : database.at("column_names_original").as_array()) {
    const int table = json::value_to<int>(entry.as_array()[0]);
    if (table < 0) {
      columns.push_back({});
      continue;
    }
    auto& owner = schema.tables[static_cast<std::size_t>(table)];
    Column column;
    column.name = as_string(entry.as_array()[1]);
    column.type = type_of(as_string(types[columns.size()]));
    columns.push_back({table, static_cast<int>(owner.columns.size())});
    owner.columns.push_back(std::move(column));
  }
  const auto column_at = [&](const json::value& index) {
    return columns[static_cast<std::size_t>(json::value_to<int>(index))];
  };
  for (const json::value& key : database.at("primary_keys").as_array()) {
    const ColumnRef column = column_at(key);
    schema.tables[static_cast<std::size_t>(column.table)]
        .columns[static_cast<std::size_t>(column.column)]
        .primary_key = true;
  }
  for (const json::value& key : database.at("foreign_keys").as_array()) {
    schema.foreign_keys.push_back(
        {column_at(key.as_array()[0]), column_at(key.as_array()[1]), true});
  }
  for (const ForeignKey& key : infer_foreign_keys(schema)) schema.foreign_keys.push_back(key);
  return schema;
}

}  // namespace

std::optional<std::filesystem::path> data_folder() {
  const char* variable = std::getenv("IDI_DATA");
  std::filesystem::path folder = variable != nullptr ? variable : "../shared/data";
  if (std::filesystem::exists(folder / "spider" / "tables.json")) return folder;
  return std::nullopt;
}

std::map<std::string, Schema> load_schemas(const std::filesystem::path& tables_json) {
  std::map<std::string, Schema> schemas;
  const json::value databases = read_json(tables_json);
  for (const json::value& database : databases.as_array()) {
    Schema schema = schema_of(database.as_object());
    std::string name = schema.name;
    schemas.emplace(std::move(name), std::move(schema));
  }
  return schemas;
}

std::vector<GoldQuery> load_queries(const std::filesystem::path& path) {
  std::vector<GoldQuery> queries;
  const json::value entries = read_json(path);
  for (const json::value& entry : entries.as_array()) {
    const json::object& object = entry.as_object();
    queries.push_back({as_string(object.at("db_id")), as_string(object.at("question")),
                       as_string(object.at("query"))});
  }
  return queries;
}

}  // namespace idi::sql::testing
