// What comes every year: months, seasons, quarters, holidays.
#pragma once

#include "reader.hpp"

namespace idi::temporal {

struct YearlyName {
  enum class Kind { month, season, holiday, quarter };
  Kind kind = Kind::month;
  std::size_t end = 0;
  Yearly days;
};

/// Of any kind, whether or not it stands alone for a time.
[[nodiscard]] std::optional<YearlyName> yearly_at(const Reader& reader, std::size_t i);

/// Quarter 1–4: "Q3", "third quarter", "quarter 3".
struct QuarterSaid {
  int quarter = 0;
  std::size_t end = 0;
};
[[nodiscard]] std::optional<QuarterSaid> quarter_at(const Reader& reader, std::size_t i);

/// 29 February is in leap years only.
[[nodiscard]] Yearly day_of_year(int month, int day);
[[nodiscard]] Yearly months_of_year(int month, int count);

/// The latest that has begun.
[[nodiscard]] DaySpan latest_begun(const Yearly& yearly, Day today);
/// The latest that is over, the one of now or of this year, the first that is still to begin.
[[nodiscard]] DaySpan at_turn(const Yearly& yearly, Turn turn, Day today);

}  // namespace idi::temporal
