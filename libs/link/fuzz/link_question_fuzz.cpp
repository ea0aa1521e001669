// Any bytes as a question and as names of a schema: linking must come back with what it promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/link/linker.hpp"

namespace {

using namespace idi;

/// The text before the first line end names columns, the rest asks.
Schema schema_of(std::string_view names) {
  Schema schema;
  schema.tables.resize(2);
  for (std::size_t i = 0; i < names.size(); i += 12) {
    Column column;
    column.name = std::string(names.substr(i, 12));
    column.natural_name = natural_name_of(column.name);
    schema.tables[i % 2].columns.push_back(std::move(column));
  }
  schema.tables[0].natural_name = std::string(names.substr(0, 20));
  return schema;
}

void require(bool promise) {
  if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto words = [] {
    auto opened = link::WordNet::open();
    return opened ? *opened : link::WordNet::none();
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  const std::string_view names = line == std::string_view::npos ? "" : text.substr(0, line);
  const std::string_view question = line == std::string_view::npos ? text : text.substr(line + 1);
  const auto linker = link::Linker::make(schema_of(names.substr(0, 600)), nullptr, words);
  const auto linked = linker->link(question);
  require(linked.token_column.size() == linked.tokens.size() * linked.columns.size());
  std::size_t last = 0;
  for (const auto& token : linked.tokens) {
    require(token.begin >= last && token.begin < token.end && token.end <= question.size());
    last = token.end;
  }
  for (const auto& value : linked.values) {
    require(value.token_begin < value.token_end && !value.text.empty());
  }
  return 0;
}
