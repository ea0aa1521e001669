// Any bytes as a conversation, one utterance a line, the last one asked: what comes out is valid
// and bounded, and without a history it is what was said.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/dialogue/rewriter.hpp"

namespace {

std::shared_ptr<const idi::link::Linker> small_linker() {
  idi::Schema schema;
  for (const char* name : {"order_lines", "customers", "Straße"}) {
    idi::Table table;
    table.name = name;
    table.natural_name = idi::natural_name_of(name);
    for (const char* column_name : {"id", "first_name", "order", "price"}) {
      idi::Column column;
      column.name = column_name;
      column.natural_name = idi::natural_name_of(column_name);
      table.columns.push_back(column);
    }
    schema.tables.push_back(table);
  }
  return idi::link::Linker::make(std::move(schema), nullptr, nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto linker = small_linker();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::vector<idi::dialogue::Exchange> history;
  const std::size_t last = bytes.rfind('\n');
  const std::string_view said = last == std::string_view::npos ? bytes : bytes.substr(last + 1);
  if (last != std::string_view::npos) {
    for (auto& line : idi::text::split(bytes.substr(0, last), '\n')) {
      history.push_back({line, "SELECT 1"});
    }
  }
  const auto rewriting = idi::dialogue::rewrite(said, history, *linker);
  if (!idi::text::is_valid_utf8(rewriting.question)) std::abort();
  if (rewriting.is_follow_up) {
    if (history.empty() || rewriting.question.size() > idi::dialogue::max_question_bytes) {
      std::abort();
    }
  } else if (rewriting.question != idi::text::to_valid_utf8(said)) {
    std::abort();
  }
  return 0;
}
