#include <algorithm>
#include <map>
#include <numeric>

#include "idi/nano_format/nano_format.hpp"
#include "spelling.hpp"

namespace idi::nano_format {
namespace {

using Kind = ir::Token::Kind;

constexpr std::size_t max_name_words = 8;

void append_name(std::string& text, const std::string& natural_name, const std::string& name) {
  auto words = plain_words(natural_name);
  if (words.empty()) words = plain_words(name);
  if (words.size() > max_name_words) words.resize(max_name_words);
  for (const std::string& word : words) append_word(text, word);
}

void append_column(std::string& text, ColumnRef ref, const Schema& schema,
                   const SymbolTable& symbols) {
  const Column& column = schema.column(ref);
  append_pointer(text, Kind::column, symbols.number_of(Kind::column, schema.flat_index(ref)));
  append_name(text, column.natural_name, column.name);
  if (column.primary_key) append_word(text, key_word);
  bool refers = false;
  for (const ForeignKey& key : schema.foreign_keys) {
    if (key.from != ref) continue;
    const int number = symbols.number_of(Kind::column, schema.flat_index(key.to));
    if (number < 0) continue;
    append_word(text, refers_word);
    append_pointer(text, Kind::column, number);
    refers = true;
  }
  if (column.primary_key || refers) return;
  if (column.type == ColumnType::number) append_word(text, number_word);
  if (column.type == ColumnType::time) append_word(text, time_word);
  if (column.type == ColumnType::boolean) append_word(text, boolean_word);
}

/// Positions of the `count` highest scores, ascending. Equal scores: the earlier.
std::vector<std::size_t> best_positions(const std::vector<double>& scores, std::size_t size,
                                        std::size_t count) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (size <= count) return order;
  const auto score = [&](std::size_t i) { return i < scores.size() ? scores[i] : 0.0; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return score(a) > score(b); });
  order.resize(count);
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace

ShownSchema shown_schema(const link::LinkedQuestion& question, const Schema& schema) {
  ShownSchema shown;
  if (schema.tables.size() <= static_cast<std::size_t>(max_tables) &&
      schema.column_count() <= max_columns) {
    for (std::size_t t = 0; t < schema.tables.size(); ++t) {
      shown.tables.push_back(static_cast<int>(t));
      auto& columns = shown.columns.emplace_back(schema.tables[t].columns.size());
      std::iota(columns.begin(), columns.end(), 0);
    }
    return shown;
  }
  std::map<int, std::vector<int>> by_table;
  for (const auto i : best_positions(question.table_scores, question.tables.size(),
                                     static_cast<std::size_t>(max_tables))) {
    by_table[question.tables[i]];
  }
  for (const auto i : best_positions(question.column_scores, question.columns.size(),
                                     static_cast<std::size_t>(max_columns))) {
    const auto found = by_table.find(question.columns[i].table);
    if (found != by_table.end()) found->second.push_back(question.columns[i].column);
  }
  for (auto& [table, columns] : by_table) {
    shown.tables.push_back(table);
    shown.columns.push_back(std::move(columns));
  }
  return shown;
}

std::vector<std::string> table_texts(const ShownSchema& shown, const Schema& schema,
                                     const SymbolTable& symbols) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < shown.tables.size(); ++i) {
    const int table = shown.tables[i];
    const Table& described = schema.tables[static_cast<std::size_t>(table)];
    std::string& line = lines.emplace_back();
    append_pointer(line, Kind::table, symbols.number_of(Kind::table, table));
    append_name(line, described.natural_name, described.name);
    for (const int column : shown.columns[i]) {
      append_column(line, {table, column}, schema, symbols);
    }
  }
  return lines;
}

}  // namespace idi::nano_format
