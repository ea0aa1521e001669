// Days of the proleptic Gregorian calendar as numbers, and back to ISO text. No clock, no zone.
#pragma once

#include <string>

namespace idi::demo {

struct Date {
  int year = 0;
  int month = 0;  ///< 1 … 12
  int day = 0;    ///< 1 … 31
};

/// Days since 1970-01-01.
[[nodiscard]] int day_number(Date date);
[[nodiscard]] Date date_of(int day);
/// 0 Monday … 6 Sunday.
[[nodiscard]] int weekday(int day);
/// "2024-03-09"
[[nodiscard]] std::string iso_date(int day);
/// "2024-03-09 17:05:00"
[[nodiscard]] std::string iso_date_time(int day, int minute_of_day);

inline constexpr Date first_date{2022, 1, 1};
inline constexpr Date last_date{2024, 12, 31};

}  // namespace idi::demo
