// The text of a phrase read back, and said in words.
#include <fmt/format.h>

#include <charconv>

#include "day_math.hpp"
#include "lexicon.hpp"

namespace idi::temporal {
namespace {

/// Exactly these digits; -1 if they are none.
int digits(std::string_view text, std::size_t first, std::size_t count) {
  if (text.size() < first + count) return -1;
  int value = 0;
  for (const char c : text.substr(first, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Day> iso_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const Day found = make_day(year, month, day);
  return found.ok() ? std::optional(found) : std::nullopt;
}

std::optional<DaySpan> read_span(std::string_view text) {
  const int year = digits(text, 0, 4);
  if (year < 1 || year > 9998) return std::nullopt;
  if (text.size() == 4) return years_span(year, 1);
  if (text.size() == 7 && text[4] == '-') {
    const int month = digits(text, 5, 2);
    if (month < 1 || month > 12) return std::nullopt;
    return months_span(year, month, 1);
  }
  if (text.size() == 10) {
    const auto day = iso_day(text);
    return day ? std::optional(one_day(*day)) : std::nullopt;
  }
  if (text.size() != 21 || text[10] != '/') return std::nullopt;
  const auto begin = iso_day(text.substr(0, 10));
  const auto end = iso_day(text.substr(11));
  if (!begin || !end || *begin >= *end) return std::nullopt;
  return DaySpan{*begin, *end};
}

std::string month_in_words(Day day, bool with_year) {
  const auto name = month_name(month_of(day));
  return with_year ? fmt::format("{} {}", name, year_of(day)) : std::string(name);
}

std::string day_in_words(Day day, bool with_month, bool with_year) {
  return with_month ? fmt::format("{} {}", day_of(day), month_in_words(day, with_year))
                    : fmt::format("{}", day_of(day));
}

}  // namespace

Result<DaySpan> day_span(std::string_view text) {
  if (const auto span = read_span(text)) return *span;
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("\"{}\" is no year, month, day or interval", text.substr(0, 40)),
                    "Write 2023, 2023-05, 2023-05-17 or 2023-05-17/2023-06-01.");
}

std::string in_words(std::string_view text) {
  const auto span = read_span(text);
  if (!span) return std::string(text);
  const Day begin = span->begin;
  const Day last = add_days(span->end, -1);
  const bool same_year = begin.year() == last.year();
  const bool same_month = same_year && begin.month() == last.month();
  const bool whole_months = day_of(begin) == 1 && day_of(span->end) == 1;
  if (whole_months && month_of(begin) == 1 && month_of(span->end) == 1) {
    if (same_year) return fmt::format("{}", year_of(begin));
    return fmt::format("{} to {}", year_of(begin), year_of(last));
  }
  if (whole_months) {
    if (same_month) return month_in_words(begin, true);
    return month_in_words(begin, !same_year) + " to " + month_in_words(last, true);
  }
  if (begin == last) return day_in_words(begin, true, true);
  return day_in_words(begin, !same_month, !same_year) + " to " + day_in_words(last, true, true);
}

}  // namespace idi::temporal
