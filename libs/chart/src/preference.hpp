// What to try first: the conventions of the field for the shapes of results.
#pragma once

#include <vector>

#include "frame.hpp"
#include "idi/chart/chart.hpp"

namespace idi::chart {

/// Kinds worth choosing for this result, best first; the first that the rules let pass is taken,
/// the table if none does.
[[nodiscard]] std::vector<Kind> preferred_kinds(const Choice& choice, Frame& frame);

}  // namespace idi::chart
