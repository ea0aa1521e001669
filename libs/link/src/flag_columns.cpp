#include "flag_columns.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "idi/core/text.hpp"

namespace idi::link {
namespace {

constexpr int max_cells = 4;
constexpr auto yes_words = std::to_array<std::string_view>({"1", "on", "t", "true", "y", "yes"});
constexpr auto no_words = std::to_array<std::string_view>({"0", "f", "false", "n", "no", "off"});

bool is_one_of(const std::array<std::string_view, 6>& words, const std::string& cell) {
  const std::string lower = text::to_lower_ascii(text::trim(cell));
  return std::find(words.begin(), words.end(), lower) != words.end();
}

}  // namespace

std::vector<FlagColumn> flag_columns(const Schema& schema, const ValueIndex& values) {
  std::vector<FlagColumn> flags;
  for (std::size_t t = 0; t < schema.tables.size(); ++t) {
    for (std::size_t c = 0; c < schema.tables[t].columns.size(); ++c) {
      const ColumnRef column{static_cast<int>(t), static_cast<int>(c)};
      const auto cells = values.cells(column, max_cells);
      if (cells.empty() || cells.size() >= static_cast<std::size_t>(max_cells)) continue;
      FlagColumn flag{column, {}, {}};
      bool other = false;
      for (const std::string& cell : cells) {
        if (is_one_of(yes_words, cell)) {
          flag.yes = cell;
        } else if (is_one_of(no_words, cell)) {
          flag.no = cell;
        } else {
          other = other || !text::trim(cell).empty();
        }
      }
      // "F" alone may be a sex, "N" a direction: both must be there, or a whole word.
      const bool both = !flag.yes.empty() && !flag.no.empty();
      const bool word = flag.yes.size() > 1 || flag.no.size() > 1;
      if (!other && (both || word)) flags.push_back(std::move(flag));
    }
  }
  return flags;
}

void add_flags(CandidateList& list, const std::vector<ItemMatches>& names,
               const std::vector<FlagColumn>& flags, const std::vector<int>& first_columns) {
  for (const FlagColumn& flag : flags) {
    const auto table = static_cast<std::size_t>(flag.column.table);
    const Item item =
        static_cast<Item>(first_columns.size()) + first_columns[table] + flag.column.column;
    const auto match =
        std::lower_bound(names.begin(), names.end(), item,
                         [](const ItemMatches& each, Item wanted) { return each.item < wanted; });
    if (match == names.end() || match->item != item) continue;
    const auto best = std::max_element(match->tokens.begin(), match->tokens.end());
    if (*best < NameMatch::partial) continue;
    const auto token = static_cast<std::size_t>(best - match->tokens.begin());
    for (const std::string& cell : {flag.yes, flag.no}) {
      if (!cell.empty()) list.add_unsaid_cell(flag.column, cell, token, flag_score);
    }
  }
}

}  // namespace idi::link
