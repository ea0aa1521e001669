// Spans of days and what can be reckoned with them. Pure functions of the Gregorian calendar.
#pragma once

#include <optional>

#include "idi/temporal/phrases.hpp"

namespace idi::temporal {

enum class Unit { day, week, month, quarter, year, decade, century };

[[nodiscard]] constexpr int year_of(Day day) { return static_cast<int>(day.year()); }
[[nodiscard]] constexpr int month_of(Day day) {
  return static_cast<int>(static_cast<unsigned>(day.month()));
}
[[nodiscard]] constexpr int day_of(Day day) {
  return static_cast<int>(static_cast<unsigned>(day.day()));
}

[[nodiscard]] Day make_day(int year, int month, int day);
[[nodiscard]] Day add_days(Day day, int days);
/// The same day of another month, or its last one where that is shorter.
[[nodiscard]] Day add_months(Day day, int months);
[[nodiscard]] int days_between(Day first, Day last);

[[nodiscard]] DaySpan one_day(Day day);
/// Months are counted through: 13 is January of the next year.
[[nodiscard]] DaySpan months_span(int year, int month, int count);
[[nodiscard]] DaySpan years_span(int year, int count);
/// The unit that a day lies in, `offset` units later. Weeks begin on Monday or Sunday.
[[nodiscard]] DaySpan unit_span(Unit unit, Day day, int offset, bool week_begins_on_monday);

/// Four-digit years only: what a value candidate and a database can say.
[[nodiscard]] bool is_sayable(const DaySpan& span);

/// As in Phrase::text.
[[nodiscard]] std::string text_of(const DaySpan& span);

}  // namespace idi::temporal
