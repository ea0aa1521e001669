// What "today" is, and how people here count quarters and weeks. Everything that speaks of times
// relative to now asks a Calendar, so that tests can set the clock.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::temporal {

using Day = std::chrono::year_month_day;

struct CalendarSettings {
  std::string time_zone;            ///< IANA name ("Europe/Berlin"); empty: the system's.
  unsigned fiscal_year_begins = 1;  ///< Month, 1–12. A fiscal year is named by the year it ends in.
  bool week_begins_on_monday = true;
  bool day_before_month = true;  ///< "3/4/2023" is the third of April.
};

using Clock = std::function<std::chrono::system_clock::time_point()>;

/// Immutable, thread-safe (if the clock is), cheap to copy.
class Calendar {
 public:
  /// The system's clock and zone. Falls back to UTC where the system's zone is not known.
  Calendar();
  /// Errors: invalid_argument (an unknown time zone, a month that is none), with what is possible.
  [[nodiscard]] static Result<Calendar> make(CalendarSettings settings, Clock clock = nullptr);
  /// A calendar whose clock stands still at noon of an ISO day, in its own zone. For tests and
  /// repeatable evaluation. Errors: invalid_argument.
  [[nodiscard]] static Result<Calendar> fixed(std::string_view iso_day,
                                              CalendarSettings settings = {});

  [[nodiscard]] Day today() const;
  [[nodiscard]] const CalendarSettings& settings() const;
  /// Midnight of the day in the calendar's zone, as seconds since 1970 UTC.
  [[nodiscard]] std::chrono::sys_seconds begin_of(Day day) const;

 private:
  CalendarSettings settings_;
  Clock clock_;
  const void* zone_ = nullptr;  ///< The time zone library's own; null: UTC.
};

}  // namespace idi::temporal
