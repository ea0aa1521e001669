#include "yearly.hpp"

#include "lexicon.hpp"

namespace idi::temporal {
namespace {

using std::chrono::sys_days;

/// Enough for 29 February, across a century that is no leap year.
constexpr int years_looked_at = 9;

template <typename Fits>
DaySpan search(const Yearly& yearly, int first, int step, Fits fits) {
  for (int i = 0; i < years_looked_at; ++i) {
    const DaySpan span = yearly(first + step * i);
    if (span.begin.ok() && span.end.ok() && fits(span)) return span;
  }
  return yearly(first);
}

/// Anonymous Gregorian computus.
Day easter_sunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int days = h + l - 7 * m + 114;
  return make_day(year, days / 31, days % 31 + 1);
}

/// The fourth Thursday of November.
Day thanksgiving(int year) {
  const Day first = make_day(year, 11, 1);
  const unsigned weekday = std::chrono::weekday(sys_days(first)).iso_encoding();
  return add_days(first, static_cast<int>((4 + 7 - weekday) % 7) + 21);
}

Yearly near_easter(int days) {
  return [days](int year) {
    // Reckoned for the calendar of today alone.
    if (year < 1600 || year > 9000) return DaySpan{};
    return one_day(add_days(easter_sunday(year), days));
  };
}

Yearly near_thanksgiving(int days) {
  return [days](int year) { return one_day(add_days(thanksgiving(year), days)); };
}

std::optional<YearlyName> holiday(std::size_t end, Yearly days) {
  return YearlyName{YearlyName::Kind::holiday, end, std::move(days)};
}

std::optional<YearlyName> holiday_at(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"christmas", "xmas"})) {
    if (reader.is(i + 1, {"eve"})) return holiday(i + 2, day_of_year(12, 24));
    return holiday(reader.is(i + 1, {"day"}) ? i + 2 : i + 1, day_of_year(12, 25));
  }
  if (reader.is(i, {"new"}) && reader.is(i + 1, {"year", "years", "year's"})) {
    if (reader.is(i + 2, {"eve"})) return holiday(i + 3, day_of_year(12, 31));
    if (reader.is(i + 2, {"day"})) return holiday(i + 3, day_of_year(1, 1));
    return std::nullopt;
  }
  if (reader.is(i, {"valentine", "valentines", "valentine's"})) {
    return holiday(reader.is(i + 1, {"day"}) ? i + 2 : i + 1, day_of_year(2, 14));
  }
  if (reader.is(i, {"boxing"}) && reader.is(i + 1, {"day"})) {
    return holiday(i + 2, day_of_year(12, 26));
  }
  if (reader.is(i, {"halloween"})) return holiday(i + 1, day_of_year(10, 31));
  if (reader.is(i, {"easter"})) {
    if (reader.is(i + 1, {"monday"})) return holiday(i + 2, near_easter(1));
    return holiday(reader.is(i + 1, {"sunday"}) ? i + 2 : i + 1, near_easter(0));
  }
  if (reader.is(i, {"good"}) && reader.is(i + 1, {"friday"})) {
    return holiday(i + 2, near_easter(-2));
  }
  if (reader.is(i, {"thanksgiving"})) {
    return holiday(reader.is(i + 1, {"day"}) ? i + 2 : i + 1, near_thanksgiving(0));
  }
  if (reader.is(i, {"black"}) && reader.is(i + 1, {"friday"})) {
    return holiday(i + 2, near_thanksgiving(1));
  }
  if (reader.is(i, {"cyber"}) && reader.is(i + 1, {"monday"})) {
    return holiday(i + 2, near_thanksgiving(4));
  }
  return std::nullopt;
}

}  // namespace

Yearly day_of_year(int month, int day) {
  return [month, day](int year) {
    const Day found = make_day(year, month, day);
    return found.ok() ? one_day(found) : DaySpan{};
  };
}

Yearly months_of_year(int month, int count) {
  return [month, count](int year) { return months_span(year, month, count); };
}

std::optional<QuarterSaid> quarter_at(const Reader& reader, std::size_t i) {
  const auto quarter = [](std::optional<int> number, std::size_t end) {
    return number && *number >= 1 && *number <= 4 ? std::optional(QuarterSaid{*number, end})
                                                  : std::nullopt;
  };
  const auto word = reader.lower(i);
  if (word.size() == 2 && word.front() == 'q') return quarter(plain_number(word.substr(1)), i + 1);
  if (reader.is(i + 1, {"quarter"})) return quarter(ordinal_of(word), i + 2);
  if (word == "quarter" && reader.lower(i + 1).size() == 1) {
    return quarter(plain_number(reader.lower(i + 1)), i + 2);
  }
  return std::nullopt;
}

std::optional<YearlyName> yearly_at(const Reader& reader, std::size_t i) {
  const auto word = reader.lower(i);
  auto month = full_month(word);
  if (!month && reader.is_capital(i)) month = short_month(word);
  if (month) return YearlyName{YearlyName::Kind::month, i + 1, months_of_year(*month, 1)};
  if (const auto season = season_month(word)) {
    return YearlyName{YearlyName::Kind::season, i + 1, months_of_year(*season, 3)};
  }
  if (const auto said = quarter_at(reader, i)) {
    return YearlyName{YearlyName::Kind::quarter, said->end,
                      months_of_year(3 * said->quarter - 2, 3)};
  }
  return holiday_at(reader, i);
}

DaySpan latest_begun(const Yearly& yearly, Day today) {
  return search(yearly, year_of(today), -1,
                [&](const DaySpan& span) { return span.begin <= today; });
}

DaySpan at_turn(const Yearly& yearly, Turn turn, Day today) {
  const int year = year_of(today);
  switch (turn) {
    case Turn::past:
    case Turn::last:
      return search(yearly, year, -1, [&](const DaySpan& span) { return span.end <= today; });
    case Turn::next:
      return search(yearly, year - 1, 1, [&](const DaySpan& span) { return span.begin > today; });
    case Turn::now:
      break;
  }
  const DaySpan before = yearly(year - 1);  // a winter that began last year
  if (before.end.ok() && before.begin <= today && today < before.end) return before;
  return search(yearly, year, 1, [](const DaySpan&) { return true; });
}

}  // namespace idi::temporal
