#include "ships.hpp"

#include "idi/link/linker.hpp"

namespace idi::nano_format::testing {

Schema ships() {
  const auto column = [](std::string name, ColumnType type) {
    Column made;
    made.natural_name = natural_name_of(name);
    made.name = std::move(name);
    made.type = type;
    return made;
  };
  Schema schema;
  schema.name = "ships";
  schema.tables.resize(2);
  schema.tables[0].name = schema.tables[0].natural_name = "ship";
  schema.tables[0].columns = {
      column("ship_id", ColumnType::number), column("name", ColumnType::text),
      column("tonnage", ColumnType::number), column("launched", ColumnType::time),
      column("company_id", ColumnType::number)};
  schema.tables[1].name = schema.tables[1].natural_name = "company";
  schema.tables[1].columns = {column("company_id", ColumnType::number),
                              column("name", ColumnType::text),
                              column("listed", ColumnType::boolean)};
  schema.tables[0].columns[0].primary_key = schema.tables[1].columns[0].primary_key = true;
  schema.foreign_keys = {{{0, 4}, {1, 0}, true}};
  return schema;
}

link::LinkedQuestion linked(std::string_view question, const Schema& schema) {
  return link::Linker::make(schema, link::ValueIndex::empty(), link::WordNet::none())
      ->link(question);
}

}  // namespace idi::nano_format::testing
