#include "lexicon.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace idi::temporal {
namespace {

struct Entry {
  std::string_view word;
  int value;
};

template <std::size_t N>
std::optional<int> find(const std::array<Entry, N>& entries, std::string_view word) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.word == word; });
  return found == entries.end() ? std::nullopt : std::optional(found->value);
}

constexpr auto month_names =
    std::to_array<std::string_view>({"January", "February", "March", "April", "May", "June", "July",
                                     "August", "September", "October", "November", "December"});
constexpr auto months = std::to_array<Entry>({{"january", 1},
                                              {"february", 2},
                                              {"march", 3},
                                              {"april", 4},
                                              {"may", 5},
                                              {"june", 6},
                                              {"july", 7},
                                              {"august", 8},
                                              {"september", 9},
                                              {"october", 10},
                                              {"november", 11},
                                              {"december", 12}});
constexpr auto short_months = std::to_array<Entry>({{"jan", 1},
                                                    {"feb", 2},
                                                    {"mar", 3},
                                                    {"apr", 4},
                                                    {"jun", 6},
                                                    {"jul", 7},
                                                    {"aug", 8},
                                                    {"sep", 9},
                                                    {"sept", 9},
                                                    {"oct", 10},
                                                    {"nov", 11},
                                                    {"dec", 12}});
constexpr auto weekdays = std::to_array<Entry>({{"sunday", 0},
                                                {"monday", 1},
                                                {"tuesday", 2},
                                                {"wednesday", 3},
                                                {"thursday", 4},
                                                {"friday", 5},
                                                {"saturday", 6}});
constexpr auto seasons = std::to_array<Entry>(
    {{"spring", 3}, {"summer", 6}, {"autumn", 9}, {"fall", 9}, {"winter", 12}});
constexpr auto units = std::to_array<Entry>({{"day", static_cast<int>(Unit::day)},
                                             {"week", static_cast<int>(Unit::week)},
                                             {"month", static_cast<int>(Unit::month)},
                                             {"quarter", static_cast<int>(Unit::quarter)},
                                             {"year", static_cast<int>(Unit::year)},
                                             {"decade", static_cast<int>(Unit::decade)},
                                             {"century", static_cast<int>(Unit::century)}});
constexpr auto ordinals = std::to_array<Entry>(
    {{"first", 1},        {"second", 2},      {"third", 3},       {"fourth", 4},
     {"fifth", 5},        {"sixth", 6},       {"seventh", 7},     {"eighth", 8},
     {"ninth", 9},        {"tenth", 10},      {"eleventh", 11},   {"twelfth", 12},
     {"thirteenth", 13},  {"fourteenth", 14}, {"fifteenth", 15},  {"sixteenth", 16},
     {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20}});
constexpr auto decades = std::to_array<Entry>({{"noughties", 0},
                                               {"tens", 10},
                                               {"twenties", 20},
                                               {"thirties", 30},
                                               {"forties", 40},
                                               {"fifties", 50},
                                               {"sixties", 60},
                                               {"seventies", 70},
                                               {"eighties", 80},
                                               {"nineties", 90}});
constexpr auto counts = std::to_array<Entry>(
    {{"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
     {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
     {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
     {"eighty", 80},  {"ninety", 90},    {"hundred", 100}});

}  // namespace

std::string_view month_name(int month) { return month_names[static_cast<std::size_t>(month - 1)]; }

std::optional<int> full_month(std::string_view lower) { return find(months, lower); }
std::optional<int> short_month(std::string_view lower) { return find(short_months, lower); }
std::optional<int> season_month(std::string_view lower) { return find(seasons, lower); }
std::optional<int> decade_word(std::string_view lower) { return find(decades, lower); }

std::optional<std::chrono::weekday> weekday_of(std::string_view lower) {
  const auto day = find(weekdays, lower);
  if (!day) return std::nullopt;
  return std::chrono::weekday(static_cast<unsigned>(*day));
}

std::optional<Unit> unit_of(std::string_view lower) {
  if (lower == "centuries") lower = "century";
  if (lower.size() > 1 && lower.back() == 's') lower.remove_suffix(1);
  const auto unit = find(units, lower);
  return unit ? std::optional(static_cast<Unit>(*unit)) : std::nullopt;
}

std::optional<int> plain_number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') {
    return std::nullopt;
  }
  return value;
}

std::optional<int> ordinal_of(std::string_view lower) {
  if (const auto word = find(ordinals, lower)) return word;
  if (lower.size() < 3 || lower.size() > 4) return std::nullopt;
  const auto ending = lower.substr(lower.size() - 2);
  if (ending != "st" && ending != "nd" && ending != "rd" && ending != "th") return std::nullopt;
  const auto number = plain_number(lower.substr(0, lower.size() - 2));
  return number && *number >= 1 && *number <= 31 ? number : std::nullopt;
}

std::optional<int> century_of(std::string_view lower) {
  const auto century = ordinal_of(lower);
  return century && *century >= 10 && *century <= 22 ? century : std::nullopt;
}

std::optional<int> count_of(std::string_view lower) {
  if (const auto word = find(counts, lower)) return word;
  if (lower.size() > 4) return std::nullopt;
  const auto number = plain_number(lower);
  return number && *number > 0 ? number : std::nullopt;
}

std::optional<int> year_number(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  const auto year = plain_number(text);
  return year && *year >= 1500 && *year <= 2200 ? year : std::nullopt;
}

bool starts_with_capital(std::string_view text) {
  return !text.empty() && text.front() >= 'A' && text.front() <= 'Z';
}

}  // namespace idi::temporal
