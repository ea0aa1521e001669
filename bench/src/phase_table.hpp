// Costs of several databases side by side, as tables in Markdown.
#pragma once

#include <string>
#include <vector>

#include "phase_costs.hpp"

namespace idi::bench {

struct LabelledCosts {
  std::string label;
  PhaseCosts costs;
};

/// REQUIRES: measured with the same steps.
[[nodiscard]] std::string phase_tables(const std::vector<LabelledCosts>& databases);

}  // namespace idi::bench
