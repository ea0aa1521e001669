#include "understanding/schema_names.hpp"

#include <algorithm>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"

namespace idi::engine {

SchemaNames::SchemaNames(const Schema& schema) : schema_(schema) {
  const auto add_words = [](const std::string& natural_name, auto& words) {
    for (const auto& word : text::split(natural_name, ' ')) words.insert(link::stem(word));
  };
  for (std::size_t t = 0; t < schema.tables.size(); ++t) {
    const Table& table = schema.tables[t];
    add_words(table.natural_name, table_words_);
    for (const Column& column : table.columns) add_words(column.natural_name, column_words_);
    for (const std::string& name : {table.natural_name, text::to_lower_ascii(table.name)}) {
      Name entry{static_cast<int>(t), {}};
      for (auto& part : link::tokenize(name)) entry.stems.push_back(std::move(part.stem));
      if (entry.stems.empty()) continue;
      std::string first = entry.stems.front();
      table_names_.emplace(std::move(first), std::move(entry));
    }
  }
}

std::vector<TableMention> SchemaNames::tables_in(const Words& words) const {
  std::vector<TableMention> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto [from, to] = table_names_.equal_range(words[i].stem);
    for (auto entry = from; entry != to; ++entry) {
      const auto& stems = entry->second.stems;
      const bool here =
          i + stems.size() <= words.size() &&
          std::equal(stems.begin(), stems.end(), words.begin() + static_cast<std::ptrdiff_t>(i),
                     [](const auto& stem, const auto& w) { return stem == w.stem; });
      if (here) found.push_back({entry->second.table, i, stems.size()});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.length > b.length; });
  std::vector<TableMention> kept;
  std::vector<bool> taken(words.size(), false);
  for (const TableMention& mention : found) {
    const auto first = taken.begin() + static_cast<std::ptrdiff_t>(mention.begin);
    const auto last = first + static_cast<std::ptrdiff_t>(mention.length);
    if (std::find(first, last, true) != last) continue;
    std::fill(first, last, true);
    kept.push_back(mention);
  }
  std::sort(kept.begin(), kept.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return kept;
}

}  // namespace idi::engine
