#include "generated_schema.hpp"

#include <fmt/format.h>

#include <array>

namespace idi::bench {

Schema generated_schema(int tables) {
  static constexpr std::array subjects = {"customer", "invoice", "shipment", "product", "supplier",
                                          "contract", "payment", "account",  "branch",  "employee"};
  static constexpr std::array areas = {"",     "bank_",  "store_", "web_",  "old_",
                                       "tax_", "sales_", "audit_", "test_", "region_"};
  Schema schema;
  schema.name = fmt::format("generated_{}", tables);
  const auto column = [](std::string name, ColumnType type, std::string declared) {
    Column result;
    result.name = std::move(name);
    result.type = type;
    result.declared_type = std::move(declared);
    return result;
  };
  for (int t = 0; t < tables; ++t) {
    Table table;
    const auto number = static_cast<std::size_t>(t);
    table.name = fmt::format("{}{}", areas[number / subjects.size() % areas.size()],
                             subjects[number % subjects.size()]);
    const std::size_t turn = number / (subjects.size() * areas.size());
    if (turn > 0) table.name += fmt::format("_{}", turn);
    const std::string subject = subjects[number % subjects.size()];
    table.columns = {column("id", ColumnType::number, "integer"),
                     column("parent_id", ColumnType::number, "integer"),
                     column("name", ColumnType::text, "text"),
                     column(subject + "_code", ColumnType::text, "varchar(10)"),
                     column("amount", ColumnType::number, "numeric(10,2)"),
                     column(subject + "_count", ColumnType::number, "integer"),
                     column("created_at", ColumnType::time, "timestamp"),
                     column(table.name + "_note", ColumnType::text, "text")};
    schema.tables.push_back(std::move(table));
    if (t > 0) schema.foreign_keys.push_back({{t, 1}, {(t - 1) / 3, 0}, true});
  }
  return schema;
}

grammar::Scope scope_of(const Schema& schema) {
  grammar::Scope scope;
  for (int t = 0; t < static_cast<int>(schema.tables.size()); ++t) {
    scope.tables.push_back(t);
    const auto& columns = schema.tables[static_cast<std::size_t>(t)].columns;
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) scope.columns.push_back({t, c});
  }
  return scope;
}

}  // namespace idi::bench
