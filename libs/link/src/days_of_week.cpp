#include "idi/link/days_of_week.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "idi/core/text.hpp"

namespace idi::link {
namespace {

struct DayWord {
  std::string_view word;
  std::size_t first, count;  ///< Into `days`.
};

constexpr auto days = std::to_array<std::string_view>(
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"});
constexpr auto day_words = std::to_array<DayWord>({
    {"monday", 0, 1},   {"mon", 0, 1},       {"tuesday", 1, 1},  {"tue", 1, 1},
    {"tues", 1, 1},     {"wednesday", 2, 1}, {"wed", 2, 1},      {"weds", 2, 1},
    {"thursday", 3, 1}, {"thu", 3, 1},       {"thur", 3, 1},     {"thurs", 3, 1},
    {"friday", 4, 1},   {"fri", 4, 1},       {"saturday", 5, 1}, {"sat", 5, 1},
    {"sunday", 6, 1},   {"sun", 6, 1},       {"weekend", 5, 2},  {"weekday", 0, 5},
    {"workday", 0, 5},
});
constexpr std::size_t shortest_full_word = 6;  ///< Only full words have a plural.

const DayWord* find(std::string_view word) {
  const auto* found = std::find_if(day_words.begin(), day_words.end(),
                                   [word](const DayWord& each) { return each.word == word; });
  return found == day_words.end() ? nullptr : found;
}

}  // namespace

std::vector<std::string_view> days_of_week(std::string_view word) {
  std::string lower = text::to_lower_ascii(text::trim(word));
  if (lower.ends_with('.')) lower.pop_back();
  const DayWord* found = find(lower);
  if (found == nullptr && lower.size() > shortest_full_word && lower.ends_with('s')) {
    lower.pop_back();
    found = find(lower);
  }
  if (found == nullptr) return {};
  const auto* first = days.begin() + found->first;
  return {first, first + found->count};
}

}  // namespace idi::link
