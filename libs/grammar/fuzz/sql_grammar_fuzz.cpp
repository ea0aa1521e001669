// Any names, types, keys and values give a grammar that llama.cpp can read, or an error.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gbnf_machine.hpp"
#include "idi/core/assert.hpp"
#include "idi/grammar/sql_grammar.hpp"

namespace {

/// Takes bytes from the front; zeros when there are no more.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}
  int number(int below) { return static_cast<unsigned char>(byte()) % below; }
  std::string text() {
    const auto wanted = static_cast<std::size_t>(number(12));
    const std::size_t size = std::min(rest_.size(), wanted);
    std::string result(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return result;
  }

 private:
  char byte() {
    if (rest_.empty()) return 0;
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  std::string_view rest_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi;
  Bytes bytes(data, size);
  const auto dialect = static_cast<Dialect>(bytes.number(3));
  Schema schema;
  schema.dialect = dialect;
  grammar::Scope scope;
  const int tables = bytes.number(4);
  for (int t = 0; t < tables; ++t) {
    Table table;
    table.name = bytes.text();
    const int columns = bytes.number(5);
    for (int c = 0; c < columns; ++c) {
      Column column;
      column.name = bytes.text();
      column.declared_type = bytes.text();
      column.type = static_cast<ColumnType>(bytes.number(5));
      table.columns.push_back(std::move(column));
      scope.columns.push_back({t, c});
      if (bytes.number(4) == 0) {
        scope.values.push_back({{t, c}, {bytes.text(), bytes.text()}, bytes.number(2) == 0});
      }
    }
    schema.tables.push_back(std::move(table));
    scope.tables.push_back(t);
  }
  for (int keys = bytes.number(4); keys > 0 && !scope.columns.empty(); --keys) {
    const auto pick = [&] {
      return scope
          .columns[static_cast<std::size_t>(bytes.number(static_cast<int>(scope.columns.size())))];
    };
    const ColumnRef from = pick();
    schema.foreign_keys.push_back({from, pick(), true});
  }
  const auto text = grammar::sql_grammar(schema, scope, dialect);
  if (!text) return 0;
  IDI_ASSERT(text->size() <= grammar::GrammarOptions{}.max_bytes);
  const auto machine = grammar::testing::GbnfMachine::parse(*text);
  IDI_ASSERT(machine.has_value());
  const std::string sql = machine->derive(size, 60);
  IDI_ASSERT(machine->recognise(sql).accepted);
  return 0;
}
