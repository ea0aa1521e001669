// When: a time as people say it, with the condition on a column that it makes.
#pragma once

#include <optional>
#include <string>

#include "idi/sql/ir.hpp"
#include "idi/temporal/calendar.hpp"
#include "parts.hpp"

namespace idi::synth {

struct TimeCondition {
  std::string words;  ///< "in March", "since 2021", "over the past 30 days"
  ir::ConditionPtr condition;
};

/// A time near those in the column, or one relative to the calendar's today.
[[nodiscard]] std::optional<TimeCondition> draw_time(Parts& parts, ColumnRef time,
                                                     const temporal::Calendar& calendar);

}  // namespace idi::synth
