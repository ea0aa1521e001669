// Results of every shape, for properties: types, sizes, NULLs, infinities, repeated labels, names
// that mean something.
#pragma once

#include <rapidcheck.h>

#include "idi/chart/chart.hpp"

namespace idi::chart {

struct RandomResult {
  ResultTable table;
  std::vector<ColumnHint> hints;  ///< Sometimes empty.
  Limits limits;
};

/// Drawn from RapidCheck; use inside a property.
[[nodiscard]] RandomResult draw_result();
[[nodiscard]] Choice draw_choice(int columns);
[[nodiscard]] std::string print(const RandomResult& result);

}  // namespace idi::chart
