// The values of a chart by series and place along x: folded to the limits, added where they may be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frame.hpp"
#include "plan.hpp"

namespace idi::chart {

struct Grid {
  std::vector<std::string> labels;
  std::vector<Series> series;
  std::vector<std::string> notes;
  bool ranked = false;  ///< Places along x are not in their own order: ranked, or “other” is last.
};

/// REQUIRES: the plan has x and y, and values that share a cell may be added.
[[nodiscard]] Grid make_grid(const Plan& plan, Frame& frame);

}  // namespace idi::chart
