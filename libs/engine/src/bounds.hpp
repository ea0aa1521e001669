// What one question may still cost: its limits, its end in time, and whether it was stopped.
#pragma once

#include <stop_token>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/engine/pipeline.hpp"

namespace idi::engine {

struct Bounds {
  AskLimits limits;
  Deadline deadline = Deadline::never();
  std::stop_token stop;

  /// Errors: cancelled, timeout.
  [[nodiscard]] Status check() const {
    if (stop.stop_requested()) {
      return make_error(ErrorCode::cancelled, "the question was cancelled");
    }
    if (deadline.passed()) {
      return make_error(ErrorCode::timeout, "the question took too long",
                        "Allow more time, or ask for less at once.");
    }
    return {};
  }
};

}  // namespace idi::engine
