// Any bytes as a question: cleaned text is valid and short, and every question has an intent.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/core/text.hpp"
#include "idi/engine/understanding.hpp"

namespace {

idi::Schema small_schema() {
  idi::Schema schema;
  for (const char* name : {"order_lines", "customers", "Straße", "tables"}) {
    idi::Table table;
    table.name = name;
    table.natural_name = idi::natural_name_of(name);
    idi::Column column;
    column.name = column.natural_name = "name";
    table.columns.push_back(column);
    schema.tables.push_back(table);
  }
  return schema;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const idi::Schema schema = small_schema();
  const auto clean = idi::engine::clean_question({reinterpret_cast<const char*>(data), size});
  if (!clean) return 0;
  if (clean->empty() || clean->size() > idi::engine::max_question_bytes ||
      !idi::text::is_valid_utf8(*clean)) {
    std::abort();
  }
  const auto understood = idi::engine::understand(*clean, schema);
  if (!understood) {
    if (understood.error().message.empty() || understood.error().hint.empty()) std::abort();
    return 0;
  }
  using idi::engine::Intent;
  const auto is_table = [](int table) {
    return table >= 0 && table < static_cast<int>(schema.tables.size());
  };
  if (understood->intent == Intent::list_columns && !is_table(understood->table)) std::abort();
  if (understood->other_table >= 0 && !is_table(understood->other_table)) std::abort();
  // What is left of a question is part of it.
  if (clean->find(understood->question) == std::string::npos) std::abort();
  if (understood->question.empty() && understood->intent != Intent::redraw) std::abort();
  return 0;
}
