// Fills a chart for a plan that the rules let pass.
#pragma once

#include <string_view>

#include "frame.hpp"
#include "idi/chart/chart.hpp"
#include "plan.hpp"

namespace idi::chart {

/// REQUIRES: !refusal(plan, frame). `available` stays empty.
[[nodiscard]] Chart draw(const Plan& plan, std::string_view title, Frame& frame);

}  // namespace idi::chart
