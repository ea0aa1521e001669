// A column (or two that belong together) as the places of an axis: rows with equal values share a
// place, places are numbered in the order in which they are drawn.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "idi/chart/chart.hpp"
#include "idi/chart/column_kind.hpp"

namespace idi::chart {

/// `second` makes one place of two columns: first and last name, year and month, a key and the name
/// that goes with it. -1: none.
struct AxisColumns {
  int column = -1;
  int second = -1;
  friend auto operator<=>(const AxisColumns&, const AxisColumns&) = default;
};

struct Axis {
  AxisColumns columns;
  Scale scale = Scale::category;
  std::vector<int> place_of_row;       ///< -1: no place (NULL where order matters).
  std::vector<std::size_t> first_row;  ///< Per place.
  std::size_t rows_without_place = 0;

  int size() const { return static_cast<int>(first_row.size()); }
  /// Every row that has a place has its own.
  bool unique() const { return first_row.size() + rows_without_place == place_of_row.size(); }
};

[[nodiscard]] Axis make_axis(const ResultTable& result, const std::vector<ColumnKind>& kinds,
                             AxisColumns columns);

[[nodiscard]] std::string label_of(const ResultTable& result, const std::vector<ColumnKind>& kinds,
                                   AxisColumns columns, std::size_t row, int max_bytes);

}  // namespace idi::chart
