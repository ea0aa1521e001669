// Times as databases and people write them. One pass over at most 40 bytes; no locale.
#include <array>
#include <cmath>
#include <optional>

#include "idi/chart/column_kind.hpp"
#include "idi/core/text.hpp"

namespace idi::chart {
namespace {

constexpr std::size_t longest_time = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads from the front of a text; every function leaves it as it was if it does not match.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  char front() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool skip(char c) {
    if (front() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool skip_any(std::string_view set) {
    if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_all(std::string_view set) {
    while (skip_any(set)) {
    }
  }
  /// A run of digits, between `least` and `most` of them.
  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t length = 0;
    int value = 0;
    while (length < rest_.size() && is_digit(rest_[length])) {
      if (++length > most) return std::nullopt;
      value = value * 10 + (rest_[length - 1] - '0');
    }
    if (length < least) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }
  /// Exactly two digits, whatever follows.
  std::optional<int> two_digits() {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1])) return std::nullopt;
    const int value = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return value;
  }
  std::string_view word() {
    std::size_t length = 0;
    while (length < rest_.size() &&
           ((rest_[length] | 0x20) >= 'a' && (rest_[length] | 0x20) <= 'z')) {
      ++length;
    }
    const auto word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }

 private:
  std::string_view rest_;
};

/// Place of `word` among `names`, whole or by its first three letters, from 1; 0 if it is none.
template <std::size_t N>
int place_among(const std::array<std::string_view, N>& names, std::string_view word) {
  if (word.size() < 3) return 0;
  for (std::size_t i = 0; i < N; ++i) {
    if (text::equals_ignoring_ascii_case(word, names[i]) ||
        text::equals_ignoring_ascii_case(word, names[i].substr(0, 3))) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

int month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> names = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (text::equals_ignoring_ascii_case(word, "sept")) return 9;
  return place_among(names, word);
}

int weekday_named(std::string_view word) {
  constexpr std::array<std::string_view, 7> names = {"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};
  if (text::equals_ignoring_ascii_case(word, "tues")) return 2;
  if (text::equals_ignoring_ascii_case(word, "thurs")) return 4;
  return place_among(names, word);
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible
/// low-level date algorithms").
double days_from_civil(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<double>(era) * 146097.0 + day_of_era - 719468.0;
}

bool is_date(int year, int month, int day) {
  constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

/// "10", "10:30", "10:30:15.25", "9:30 PM", each with "Z" or "+02:00" behind; as part of a day.
std::optional<double> read_clock(Scanner& scan, bool minutes_needed) {
  auto hour = scan.number(1, 2);
  if (!hour || *hour > 24) return std::nullopt;
  double seconds = 0;
  if (scan.skip(':')) {
    const auto minute = scan.number(2, 2);
    if (!minute || *minute > 59) return std::nullopt;
    seconds = *minute * 60;
    if (scan.skip(':')) {
      const auto second = scan.number(2, 2);
      if (!second || *second > 60) return std::nullopt;
      seconds += *second;
      if (scan.skip_any(".,")) {
        const auto fraction = scan.number(1, 9);
        if (!fraction) return std::nullopt;
        // Nanoseconds decide the order of two rows at most: digits after the sixth may be lost.
        seconds += *fraction / 1e9;
      }
    }
  } else if (minutes_needed) {
    return std::nullopt;
  }
  scan.skip_all(" ");
  const auto half = scan.word();
  if (text::equals_ignoring_ascii_case(half, "pm") ||
      text::equals_ignoring_ascii_case(half, "am")) {
    if (*hour < 1 || *hour > 12) return std::nullopt;
    hour = *hour % 12 + ((half.front() | 0x20) == 'p' ? 12 : 0);
  } else if (!half.empty() && half != "Z" && half != "UTC" && half != "z") {
    return std::nullopt;
  }
  if (scan.front() == '+' || scan.front() == '-') {
    const double sign = scan.front() == '+' ? 1 : -1;
    scan.skip_any("+-");
    const auto zone_hour = scan.two_digits();
    if (!zone_hour || *zone_hour > 18) return std::nullopt;
    seconds -= sign * *zone_hour * 3600;
    if (scan.skip(':') || is_digit(scan.front())) {
      const auto zone_minute = scan.two_digits();
      if (!zone_minute || *zone_minute > 59) return std::nullopt;
      seconds -= sign * *zone_minute * 60;
    }
  }
  if (!scan.done()) return std::nullopt;
  return (*hour * 3600 + seconds) / 86400.0;
}

TimeReading date_reading(Scanner& scan, int year, int month, int day, bool slashed = false) {
  if (!is_date(year, month, day)) return {};
  const double key = days_from_civil(year, month, day);
  if (scan.done()) return {TimeUnit::day, key, slashed};
  if (!scan.skip_any("Tt ")) return {};
  scan.skip_all(" ");
  const auto clock = read_clock(scan, false);
  if (!clock) return {};
  return {TimeUnit::instant, key + *clock, slashed};
}

TimeReading quarter_reading(int year, int quarter) {
  if (quarter < 1 || quarter > 4) return {};
  return {TimeUnit::quarter, days_from_civil(year, quarter * 3 - 2, 1)};
}

/// "2023", "2023-05", "2023-W05", "2023-Q1", "2023-05-17…"
TimeReading from_year(Scanner scan, int year) {
  if (scan.done()) return {TimeUnit::year, days_from_civil(year, 1, 1)};
  if (scan.front() == '-' || scan.front() == '/' || scan.front() == ' ') {
    const char separator = scan.front();
    scan.skip(separator);
    if (const auto month = scan.number(1, 2)) {
      if (*month < 1 || *month > 12) return {};
      if (scan.done()) return {TimeUnit::month, days_from_civil(year, *month, 1)};
      if (!scan.skip(separator)) return {};
      const auto day = scan.number(1, 2);
      return day ? date_reading(scan, year, *month, *day) : TimeReading{};
    }
  }
  const auto word = scan.word();
  const auto number = scan.number(1, 2);
  if (scan.done() && number && (word == "Q" || word == "q")) return quarter_reading(year, *number);
  if (scan.done() && number && word == "W" && *number >= 1 && *number <= 53) {
    return {TimeUnit::week, days_from_civil(year, 1, 1) + (*number - 1) * 7};
  }
  if (const int month = month_named(word); month > 0 && scan.done() && !number) {
    return {TimeUnit::month, days_from_civil(year, month, 1)};
  }
  return {};
}

/// "17.05.2023", "5/17/2023", "17 May 2023", "17-May-2023", "10:30"
TimeReading from_small_number(Scanner scan, int first, Scanner whole, bool day_first) {
  if (scan.front() == ':') {
    const auto clock = read_clock(whole, true);
    return clock ? TimeReading{TimeUnit::time_of_day, *clock} : TimeReading{};
  }
  const char separator = scan.front();
  if (!scan.skip_any("./- ")) return {};
  scan.skip_all(" ");
  if (const auto second = scan.number(1, 2)) {
    if (separator == ' ' || !scan.skip(separator)) return {};
    const auto year = scan.number(4, 4);
    if (!year) return {};
    const bool slashed = separator != '.' && first != *second;
    const bool day_leads = separator == '.' || day_first;
    return date_reading(scan, *year, day_leads ? *second : first, day_leads ? first : *second,
                        slashed);
  }
  const int month = month_named(scan.word());
  scan.skip_all(" ,.-/");
  const auto year = scan.number(4, 4);
  return month > 0 && year ? date_reading(scan, *year, month, first) : TimeReading{};
}

/// "May", "Monday", "May 2009", "May 5, 2009", "Q1", "Q1 2023"
TimeReading from_word(Scanner scan) {
  const auto word = scan.word();
  if (word == "Q" || word == "q") {
    const auto quarter = scan.number(1, 1);
    if (!quarter || *quarter < 1 || *quarter > 4) return {};
    if (scan.done()) return {TimeUnit::quarter_of_year, static_cast<double>(*quarter)};
    scan.skip_all(" -/");
    const auto year = scan.number(4, 4);
    return year && scan.done() ? quarter_reading(*year, *quarter) : TimeReading{};
  }
  if (scan.done()) {
    if (const int month = month_named(word)) {
      return {TimeUnit::month_of_year, static_cast<double>(month)};
    }
    if (const int weekday = weekday_named(word)) {
      return {TimeUnit::weekday, static_cast<double>(weekday)};
    }
    return {};
  }
  const int month = month_named(word);
  if (month == 0 || !scan.skip_any(" .-/,")) return {};
  scan.skip_all(" .-/,");
  const auto number = scan.number(1, 4);
  if (!number) return {};
  if (scan.done()) {
    if (*number < 1000) return {};
    return {TimeUnit::month, days_from_civil(*number, month, 1)};
  }
  scan.skip_all(" ,.-/");
  const auto year = scan.number(4, 4);
  return year ? date_reading(scan, *year, month, *number) : TimeReading{};
}

}  // namespace

TimeReading read_time(std::string_view text, bool day_first) {
  text = text::trim(text);
  if (text.empty() || text.size() > longest_time) return {};
  if (!is_digit(text.front())) return from_word(Scanner{text});
  Scanner scan{text};
  if (const auto year = scan.number(4, 4)) return from_year(scan, *year);
  if (const auto first = scan.number(1, 2)) {
    return from_small_number(scan, *first, Scanner{text}, day_first);
  }
  return {};
}

}  // namespace idi::chart
