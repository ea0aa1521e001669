#include "idi/temporal/time_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "day_math.hpp"
#include "idi/core/text.hpp"

namespace idi::temporal {
namespace {

// What numbers may mean as times: from 1990, since 0 and small counts mean nothing, to 2100.
constexpr double first_epoch_second = 631'152'000;
constexpr double last_epoch_second = 4'102'444'800;
constexpr double first_julian_day = 2'415'020.5;  // 1900
constexpr double last_julian_day = 2'488'069.5;   // 2100
constexpr double julian_day_of_1970 = 2'440'587.5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits from `first` on; -1 if there are not that many.
int number_at(std::string_view text, std::size_t first, std::size_t count) {
  if (text.size() < first + count) return -1;
  int value = 0;
  for (const char c : text.substr(first, count)) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool is_day(int year, int month, int day) {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && make_day(year, month, day).ok();
}

bool is_iso(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  if (!is_day(number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2))) return false;
  return text.size() == 10 || text[10] == ' ' || text[10] == 'T';
}

bool is_compact(std::string_view text) {
  const int year = number_at(text, 0, 4);
  return text.size() == 8 && year >= 1900 && year < 2100 &&
         is_day(year, number_at(text, 4, 2), number_at(text, 6, 2));
}

/// "17.05.2023", whatever its first two numbers are.
struct Written {
  int first = 0, second = 0, year = 0;
  char sign = 0;
};
std::optional<Written> written_date(std::string_view text) {
  if (text.size() < 10 || (text.size() > 10 && text[10] != ' ')) return std::nullopt;
  const char sign = text[2];
  if ((sign != '.' && sign != '/' && sign != '-') || text[5] != sign) return std::nullopt;
  const Written date{number_at(text, 0, 2), number_at(text, 3, 2), number_at(text, 6, 4), sign};
  if (date.first < 1 || date.second < 1 || date.year < 1000) return std::nullopt;
  return date;
}

/// Which of the two numbers is the day must follow from some sample, or from the sign.
std::optional<TimeEncoding> written_encoding(const std::vector<std::string>& samples) {
  bool day_first = true;
  bool month_first = true;
  for (const std::string& sample : samples) {
    const auto date = written_date(sample);
    if (!date) return std::nullopt;
    day_first = day_first && is_day(date->year, date->second, date->first);
    month_first = month_first && date->sign != '.' && is_day(date->year, date->first, date->second);
  }
  if (day_first == month_first) return std::nullopt;
  return day_first ? TimeEncoding::day_first : TimeEncoding::month_first;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Does the name speak of a moment, and not of a time that something took?
bool is_named_as_time(const Column& column) {
  if (column_type_of(column.declared_type) == ColumnType::time) return true;
  const std::string natural =
      column.natural_name.empty() ? natural_name_of(column.name) : column.natural_name;
  const auto words = text::split(natural, ' ');
  bool named = false;
  for (const std::string& word : words) {
    if (is_one_of(word, {"duration", "elapsed", "length", "seconds", "minutes", "hours", "count",
                         "number", "id", "code", "price", "amount", "total"})) {
      return false;
    }
    named = named ||
            is_one_of(word, {"date",    "time",      "datetime", "timestamp", "ts",      "epoch",
                             "julian",  "day",       "when",     "created",   "updated", "modified",
                             "deleted", "born",      "birthday", "dob",       "expires", "expiry",
                             "since",   "published", "joined",   "opened",    "closed",  "seen"}) ||
            (word.size() > 4 && (word.ends_with("date") || word.ends_with("time")) &&
             word != "update" && word != "runtime" && word != "playtime");
  }
  return named || (words.size() > 1 && is_one_of(words.back(), {"at", "on"}));
}

std::optional<double> as_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<TimeEncoding> number_encoding(const std::vector<std::string>& samples) {
  const auto all = [&](auto fits) { return std::all_of(samples.begin(), samples.end(), fits); };
  const auto all_within = [&](double first, double last) {
    return all([&](const std::string& sample) {
      const auto number = as_number(sample);
      return number && *number >= first && *number < last;
    });
  };
  if (all(is_compact)) return TimeEncoding::compact_day;
  if (all_within(first_epoch_second, last_epoch_second)) return TimeEncoding::epoch_seconds;
  if (all_within(first_epoch_second * 1000, last_epoch_second * 1000)) {
    return TimeEncoding::epoch_millis;
  }
  if (all_within(first_julian_day, last_julian_day)) return TimeEncoding::julian_day;
  return std::nullopt;
}

}  // namespace

std::optional<TimeEncoding> encoding_of(const Column& column) {
  const bool declared = column_type_of(column.declared_type) == ColumnType::time;
  const auto& samples = column.sample_values;
  if (column.type == ColumnType::boolean) return std::nullopt;
  if (samples.empty()) return declared ? std::optional(TimeEncoding::native) : std::nullopt;
  if (std::all_of(samples.begin(), samples.end(), is_iso)) return TimeEncoding::native;
  if (const auto written = written_encoding(samples)) return written;
  if (is_named_as_time(column)) {
    if (const auto number = number_encoding(samples)) return number;
  }
  return declared ? std::optional(TimeEncoding::native) : std::nullopt;
}

void recognise_times(Schema& schema) {
  for (Table& table : schema.tables) {
    for (Column& column : table.columns) {
      const auto encoding = encoding_of(column);
      if (!encoding) continue;
      column.type = ColumnType::time;
      column.time_encoding = *encoding;
    }
  }
}

std::string stored(Day day, TimeEncoding encoding, const Calendar& calendar) {
  const auto seconds = [&] { return calendar.begin_of(day).time_since_epoch().count(); };
  switch (encoding) {
    case TimeEncoding::epoch_seconds:
      return fmt::format("{}", seconds());
    case TimeEncoding::epoch_millis:
      return fmt::format("{}", seconds() * 1000);
    case TimeEncoding::julian_day: {
      const auto days = std::chrono::sys_days(day).time_since_epoch().count();
      return fmt::format("{:.1f}", julian_day_of_1970 + static_cast<double>(days));
    }
    case TimeEncoding::compact_day:
      return fmt::format("{:04}{:02}{:02}", year_of(day), month_of(day), day_of(day));
    case TimeEncoding::native:
    case TimeEncoding::day_first:
    case TimeEncoding::month_first:
      break;
  }
  return text_of(one_day(day));
}

}  // namespace idi::temporal
