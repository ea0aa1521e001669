#include <algorithm>
#include <numeric>
#include <utility>

#include "draw.hpp"
#include "idi/core/assert.hpp"
#include "idi/nano_format/nano_format.hpp"

namespace idi::nano_format {

using Kind = ir::Token::Kind;

void SymbolTable::Numbering::set(int number, int index) {
  const auto put = [](std::vector<int>& list, int at, int value) {
    if (list.size() <= static_cast<std::size_t>(at)) {
      list.resize(static_cast<std::size_t>(at) + 1, -1);
    }
    list[static_cast<std::size_t>(at)] = value;
  };
  put(index_by_number, number, index);
  put(number_by_index, index, number);
}

SymbolTable SymbolTable::draw(const ShownSchema& shown, const Schema& schema, std::size_t values,
                              std::uint32_t seed) {
  SymbolTable table;
  const auto tables = drawn_order(max_tables, seed, 1);
  const auto columns = drawn_order(max_columns, seed, 2);
  std::size_t next_table = 0, next_column = 0;
  IDI_ASSERT(shown.tables.size() <= static_cast<std::size_t>(max_tables));
  for (std::size_t i = 0; i < shown.tables.size(); ++i) {
    table.tables_.set(tables[next_table++], shown.tables[i]);
    for (const int column : shown.columns[i]) {
      IDI_ASSERT(next_column < static_cast<std::size_t>(max_columns));
      table.columns_.set(columns[next_column++], schema.flat_index({shown.tables[i], column}));
    }
  }
  const auto numbers = drawn_order(max_values, seed, 3);
  for (std::size_t i = 0; i < std::min(values, numbers.size()); ++i) {
    table.values_.set(numbers[i], static_cast<int>(i));
  }
  return table;
}

SymbolTable SymbolTable::identity(const Schema& schema, std::size_t values) {
  SymbolTable table;
  for (int i = 0; i < static_cast<int>(schema.tables.size()); ++i) table.tables_.set(i, i);
  for (int i = 0; i < schema.column_count(); ++i) table.columns_.set(i, i);
  for (int i = 0; i < static_cast<int>(values); ++i) table.values_.set(i, i);
  return table;
}

const SymbolTable::Numbering& SymbolTable::numbering(Kind kind) const {
  IDI_ASSERT(kind != Kind::symbol);
  if (kind == Kind::table) return tables_;
  return kind == Kind::column ? columns_ : values_;
}

int SymbolTable::index_of(Kind kind, int number) const {
  const auto& list = numbering(kind).index_by_number;
  return number >= 0 && number < static_cast<int>(list.size())
             ? list[static_cast<std::size_t>(number)]
             : -1;
}

int SymbolTable::number_of(Kind kind, int index) const {
  const auto& list = numbering(kind).number_by_index;
  return index >= 0 && index < static_cast<int>(list.size()) ? list[static_cast<std::size_t>(index)]
                                                             : -1;
}

std::vector<int> SymbolTable::numbers(Kind kind) const {
  std::vector<int> shown;
  const auto& list = numbering(kind).index_by_number;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] >= 0) shown.push_back(static_cast<int>(i));
  }
  return shown;
}

std::vector<int> drawn_order(int count, std::uint32_t seed, std::uint32_t stream) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  std::uint64_t state = (static_cast<std::uint64_t>(stream) << 32U) | seed;
  for (std::size_t i = order.size(); i > 1; --i) {
    // SplitMix64; the remainder's bias is far below what matters for at most 160 items.
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31U;
    std::swap(order[i - 1], order[static_cast<std::size_t>(mixed % i)]);
  }
  return order;
}

}  // namespace idi::nano_format
