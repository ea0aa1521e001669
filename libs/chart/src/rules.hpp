// What each kind of picture needs so that it does not lie.
#pragma once

#include <optional>
#include <string_view>

#include "frame.hpp"
#include "plan.hpp"

namespace idi::chart {

/// Why this result cannot be shown so (invalid_argument, with what can be done instead); nullopt if
/// it can, and then it can be drawn.
[[nodiscard]] std::optional<Error> refusal(const Plan& plan, Frame& frame);

/// For a person: "a category and a measure".
[[nodiscard]] std::string_view reason_for(const Plan& plan, const Frame& frame);

}  // namespace idi::chart
