// Any SELECT over hostile names: its words are valid, on one line, never endless, and the parts
// make up the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/core/text.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/sql/translate.hpp"

namespace {

idi::Schema hostile_schema() {
  idi::Schema schema;
  for (const char* name : {"a", "b", "line\nbreak"}) {
    idi::Table table;
    table.name = name;
    for (const char* column_name : {"id", "x", "y\"z"}) {
      idi::Column column;
      column.name = column_name;
      column.type = column.name == "x" ? idi::ColumnType::time : idi::ColumnType::text;
      column.primary_key = column.name == "id";
      table.columns.push_back(column);
    }
    schema.tables.push_back(table);
  }
  schema.foreign_keys = {{{0, 1}, {1, 0}}, {{2, 1}, {1, 0}}};
  return schema;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const idi::Schema schema = hostile_schema();
  const auto query = idi::sql::to_ir({reinterpret_cast<const char*>(data), size}, schema);
  if (!query) return 0;
  const auto explanation = idi::explanation::explain(*query, schema);
  std::string joined;
  for (const auto& part : explanation.parts) joined += part.text;
  if (explanation.text.empty() || joined != explanation.text ||
      !idi::text::is_valid_utf8(explanation.text) ||
      explanation.text.find('\n') != std::string::npos || explanation.text.size() > 5000) {
    std::abort();
  }
  return 0;
}
