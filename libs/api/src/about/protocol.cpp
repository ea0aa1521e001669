#include "about/protocol.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <utility>

#include "json.hpp"

namespace idi::api {
namespace {

std::string_view dialect_name(Dialect dialect) {
  switch (dialect) {
    case Dialect::sqlite:
      return "sqlite";
    case Dialect::postgres:
      return "postgres";
    case Dialect::mysql:
      break;
  }
  return "mysql";
}

json::object column_json(const Column& column) {
  json::object object{{"name", json_text(column.name)},
                      {"type", column_type_name(column.type)},
                      {"declared_type", json_text(column.declared_type)},
                      {"primary_key", column.primary_key},
                      {"nullable", column.nullable}};
  if (!column.comment.empty()) object["comment"] = json_text(column.comment);
  if (!column.sample_values.empty()) object["sample_values"] = json_texts(column.sample_values);
  return object;
}

json::object table_json(const Table& table) {
  json::array columns;
  for (const auto& column : table.columns) columns.push_back(column_json(column));
  json::object object{{"name", json_text(table.name)},
                      {"kind", table.kind == TableKind::view ? "view" : "table"},
                      {"columns", std::move(columns)}};
  if (!table.comment.empty()) object["comment"] = json_text(table.comment);
  if (table.row_estimate) object["row_estimate"] = *table.row_estimate;
  return object;
}

json::string place_of(const Schema& schema, ColumnRef ref) {
  return json_text(fmt::format("{}.{}", schema.table_of(ref).name, schema.column(ref).name));
}

json::object model_json(const Health& health) {
  json::object object{
      {"state", health.model ? engine::generator_state_name(health.model->state) : "none"},
      {"policy", engine::policy_name(health.policy)}};
  if (!health.model) return object;
  object["name"] = json_text(health.model->name);
  if (!health.model->why.empty()) object["why"] = json_text(health.model->why);
  return object;
}

}  // namespace

std::string health_text(const Health& health) {
  json::object object{{"status", health.stopping ? "stopping" : "ok"},
                      {"version", json_text(health.version)},
                      {"database", json_text(health.database)},
                      {"generator", json_text(health.generator)},
                      {"model", model_json(health)},
                      {"uptime_s", health.uptime_s},
                      {"running", health.running},
                      {"queued", health.queued},
                      {"workers", health.workers}};
  if (health.connections >= 0) object["connections"] = health.connections;
  return json::serialize(object);
}

std::string schema_text(const Schema& schema, const std::vector<std::string>& starters) {
  json::array tables;
  for (const auto& table : schema.tables) tables.push_back(table_json(table));
  json::array keys;
  for (const auto& key : schema.foreign_keys) {
    keys.push_back(json::object{{"from", place_of(schema, key.from)},
                                {"to", place_of(schema, key.to)},
                                {"declared", key.declared}});
  }
  return json::serialize(json::object{{"name", json_text(schema.name)},
                                      {"dialect", dialect_name(schema.dialect)},
                                      {"tables", std::move(tables)},
                                      {"foreign_keys", std::move(keys)},
                                      {"starters", json_texts(starters)}});
}

}  // namespace idi::api
