// How dates are written: in a column's cells and in a question's values.
#pragma once

#include <string_view>

#include "idi/core/schema.hpp"

namespace idi::parser {

enum class TimeShape {
  none,      ///< Not a date, or not written ISO.
  year,      ///< 2023
  month,     ///< 2023-05
  day,       ///< 2023-05-17
  day_time,  ///< 2023-05-17 08:30:00
};

[[nodiscard]] TimeShape time_shape_of(std::string_view text);
/// Of the column's sample values; where there are none, what the declared type says.
[[nodiscard]] TimeShape time_shape_of(const Column& column);
}  // namespace idi::parser
