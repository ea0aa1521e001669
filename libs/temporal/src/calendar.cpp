// The only file that knows the time zone library: GCC 12's <chrono> has calendars, but no zones.
#include "idi/temporal/calendar.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "day_math.hpp"
#include "idi/temporal/phrases.hpp"

namespace idi::temporal {
namespace {

const date::time_zone* zone_of(const void* zone) {
  return static_cast<const date::time_zone*>(zone);
}

/// Null for a name that is none.
const date::time_zone* named_zone(std::string_view name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

/// What TZ names, else what the system is set to; null where neither is known. A TZ that is a rule
/// ("CET-1CEST") is left to the C library.
const date::time_zone* system_zone() {
  if (const char* named = std::getenv("TZ"); named != nullptr && *named != '\0') {
    if (const auto* zone = named_zone(named[0] == ':' ? named + 1 : named)) return zone;
  }
  try {
    return date::current_zone();
  } catch (const std::exception&) {
    return nullptr;
  }
}

}  // namespace

Calendar::Calendar() : clock_(std::chrono::system_clock::now), zone_(system_zone()) {}

Result<Calendar> Calendar::make(CalendarSettings settings, Clock clock) {
  Calendar calendar;
  if (settings.fiscal_year_begins < 1 || settings.fiscal_year_begins > 12) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("there is no month {}", settings.fiscal_year_begins),
                      "A fiscal year begins in a month from 1 (January) to 12.");
  }
  if (!settings.time_zone.empty()) {
    calendar.zone_ = named_zone(settings.time_zone);
    if (calendar.zone_ == nullptr) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("the time zone \"{}\" is not known here", settings.time_zone),
                        "Name it by continent and city: Europe/Berlin, America/New_York; or UTC.");
    }
  }
  calendar.settings_ = std::move(settings);
  if (clock) calendar.clock_ = std::move(clock);
  return calendar;
}

Result<Calendar> Calendar::fixed(std::string_view iso_day, CalendarSettings settings) {
  const auto span = day_span(iso_day);
  if (!span || add_days(span->begin, 1) != span->end) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("\"{}\" is no day", iso_day.substr(0, 40)),
                      "Write it as year, month and day: 2023-05-17.");
  }
  IDI_TRY(Calendar calendar, make(std::move(settings)));
  const std::chrono::sys_seconds noon = calendar.begin_of(span->begin) + std::chrono::hours(12);
  calendar.clock_ = [noon] { return std::chrono::system_clock::time_point(noon); };
  return calendar;
}

Day Calendar::today() const {
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_());
  if (zone_ == nullptr) return Day(std::chrono::floor<std::chrono::days>(now));
  const auto local = zone_of(zone_)->to_local(now);
  const auto days = std::chrono::floor<std::chrono::days>(local.time_since_epoch());
  return Day(std::chrono::sys_days(days));
}

const CalendarSettings& Calendar::settings() const { return settings_; }

std::chrono::sys_seconds Calendar::begin_of(Day day) const {
  const auto midnight = std::chrono::sys_days(day);
  if (zone_ == nullptr) return midnight;
  // Where the clock leaps over midnight, the day begins with the leap.
  const date::local_seconds local(midnight.time_since_epoch());
  return zone_of(zone_)->to_sys(local, date::choose::earliest);
}

}  // namespace idi::temporal
