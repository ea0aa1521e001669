#include "calendar.hpp"

#include <fmt/format.h>

#include <chrono>

namespace idi::demo {

int day_number(Date date) {
  const std::chrono::year_month_day ymd{std::chrono::year{date.year},
                                        std::chrono::month{static_cast<unsigned>(date.month)},
                                        std::chrono::day{static_cast<unsigned>(date.day)}};
  return static_cast<int>(std::chrono::sys_days{ymd}.time_since_epoch().count());
}

Date date_of(int day) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int weekday(int day) {
  const std::chrono::weekday found{std::chrono::sys_days{std::chrono::days{day}}};
  return static_cast<int>(found.iso_encoding()) - 1;
}

std::string iso_date(int day) {
  const Date date = date_of(day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string iso_date_time(int day, int minute_of_day) {
  return fmt::format("{} {:02}:{:02}:00", iso_date(day), minute_of_day / 60, minute_of_day % 60);
}

}  // namespace idi::demo
