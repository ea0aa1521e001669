#include "understanding/words.hpp"

#include <string>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"

namespace idi::engine {
namespace {

bool has_word(const std::string& natural_name, std::string_view stem) {
  const auto parts = text::split(natural_name, ' ');
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return link::stem(part) == stem; });
}

bool stands_at(const Words& name, const Words& words, std::size_t at) {
  return at + name.size() <= words.size() &&
         std::equal(name.begin(), name.end(), words.begin() + static_cast<std::ptrdiff_t>(at),
                    [](const auto& a, const auto& b) { return a.stem == b.stem; });
}

}  // namespace

std::size_t skip_politeness(const Words& words, std::size_t at) {
  while (at < words.size() &&
         one_of(words[at].lower,
                {"please", "can",  "could", "would",  "will", "you",   "i",    "we",   "want",
                 "need",   "to",   "like",  "kindly", "just", "now",   "let",  "us",   "go",
                 "ahead",  "and",  "d",     "hey",    "hi",   "hello", "then", "also", "but",
                 "so",     "next", "must",  "should", "ok",   "okay",  "ll",   "shall"})) {
    ++at;
  }
  return at;
}

bool names_table(const Schema& schema, std::string_view stem) {
  return std::any_of(schema.tables.begin(), schema.tables.end(),
                     [&](const Table& table) { return has_word(table.natural_name, stem); });
}

bool names_something(const Schema& schema, std::string_view stem) {
  return names_table(schema, stem) ||
         std::any_of(schema.tables.begin(), schema.tables.end(), [&](const Table& table) {
           return std::any_of(
               table.columns.begin(), table.columns.end(),
               [&](const Column& column) { return has_word(column.natural_name, stem); });
         });
}

std::vector<TableMention> tables_named_in(const Words& words, const Schema& schema) {
  std::vector<TableMention> found;
  for (std::size_t t = 0; t < schema.tables.size(); ++t) {
    const Table& table = schema.tables[t];
    for (const std::string& name : {table.natural_name, text::to_lower_ascii(table.name)}) {
      const Words parts = link::tokenize(name);
      if (parts.empty()) continue;
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (stands_at(parts, words, i)) found.push_back({static_cast<int>(t), i, parts.size()});
      }
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.length > b.length; });
  std::vector<TableMention> kept;
  for (const TableMention& mention : found) {
    const bool overlaps = std::any_of(kept.begin(), kept.end(), [&](const TableMention& other) {
      return mention.begin < other.begin + other.length &&
             other.begin < mention.begin + mention.length;
    });
    if (!overlaps) kept.push_back(mention);
  }
  std::sort(kept.begin(), kept.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return kept;
}

}  // namespace idi::engine
