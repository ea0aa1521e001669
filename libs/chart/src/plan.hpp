// Which columns go where: what the user wants, the rest chosen.
#pragma once

#include <optional>
#include <vector>

#include "frame.hpp"
#include "idi/chart/chart.hpp"

namespace idi::chart {

/// Axes of a picture; -1 and empty for what it does not have.
struct Plan {
  Kind kind = Kind::table;
  AxisColumns x;
  std::vector<int> y;
  int series = -1;
};

/// invalid_argument for columns that are not there, twice there, or cannot be what is wanted.
[[nodiscard]] Status check_choice(const Choice& choice, Frame& frame);

/// The axes of `kind` for a checked choice. What the result lacks stays empty: the rules refuse it.
[[nodiscard]] Plan plan_for(Kind kind, const Choice& choice, Frame& frame);

/// A column that tells apart the rows that share a place on x; -1 if none does, or none needs to.
[[nodiscard]] int series_beside(AxisColumns x, const std::vector<int>& y, Frame& frame);

/// Measures that can share an axis with `first`: made alike, of like magnitude. `first` leads.
[[nodiscard]] std::vector<int> like_measures(int first, Frame& frame);

/// Whether a column's values are shares that add up to 100 % (or 1).
[[nodiscard]] bool adds_up_to_a_whole(int column, Frame& frame);

/// All columns of role quantity.
[[nodiscard]] std::vector<int> quantities(const Frame& frame);

}  // namespace idi::chart
