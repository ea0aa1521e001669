#include "day_math.hpp"

#include <fmt/format.h>

namespace idi::temporal {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

int floor_to(int value, int step) { return value - value % step; }

}  // namespace

Day make_day(int year, int month, int day) {
  return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
          std::chrono::day(static_cast<unsigned>(day))};
}

Day add_days(Day day, int count) { return Day(sys_days(day) + days(count)); }

Day add_months(Day day, int count) {
  const Day moved = day + months(count);
  return moved.ok() ? moved : Day(moved.year() / moved.month() / std::chrono::last);
}

int days_between(Day first, Day last) {
  return static_cast<int>((sys_days(last) - sys_days(first)).count());
}

DaySpan one_day(Day day) { return {day, add_days(day, 1)}; }

DaySpan months_span(int year, int month, int count) {
  const Day begin = make_day(year, 1, 1) + months(month - 1);
  return {begin, begin + months(count)};
}

DaySpan years_span(int year, int count) {
  return {make_day(year, 1, 1), make_day(year + count, 1, 1)};
}

DaySpan unit_span(Unit unit, Day day, int offset, bool week_begins_on_monday) {
  const int year = year_of(day);
  switch (unit) {
    case Unit::day:
      return one_day(add_days(day, offset));
    case Unit::week: {
      const std::chrono::weekday weekday{sys_days(day)};
      const unsigned since =
          week_begins_on_monday ? weekday.iso_encoding() - 1 : weekday.c_encoding();
      const Day begin = add_days(day, 7 * offset - static_cast<int>(since));
      return {begin, add_days(begin, 7)};
    }
    case Unit::month:
      return months_span(year, month_of(day) + offset, 1);
    case Unit::quarter:
      return months_span(year, floor_to(month_of(day) - 1, 3) + 1 + 3 * offset, 3);
    case Unit::year:
      return years_span(year + offset, 1);
    case Unit::decade:
      return years_span(floor_to(year, 10) + 10 * offset, 10);
    case Unit::century:
      return years_span(floor_to(year, 100) + 100 * offset, 100);
  }
  return one_day(day);
}

bool is_sayable(const DaySpan& span) {
  return span.begin.ok() && span.end.ok() && span.begin < span.end && year_of(span.begin) >= 1 &&
         year_of(span.end) <= 9999;
}

std::string text_of(const DaySpan& span) {
  const auto iso = [](Day day) {
    return fmt::format("{:04}-{:02}-{:02}", year_of(day), month_of(day), day_of(day));
  };
  if (add_days(span.begin, 1) == span.end) return iso(span.begin);
  const bool first = day_of(span.begin) == 1;
  if (first && span.begin + months(1) == span.end) return iso(span.begin).substr(0, 7);
  if (first && month_of(span.begin) == 1 && span.begin + months(12) == span.end) {
    return iso(span.begin).substr(0, 4);
  }
  return iso(span.begin) + "/" + iso(span.end);
}

}  // namespace idi::temporal
