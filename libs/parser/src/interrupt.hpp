// When to give up: a deadline or a stop request, asked between layers and steps.
#pragma once

#include <stop_token>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"

namespace idi::parser {

struct Interrupt {
  Deadline deadline = Deadline::never();
  std::stop_token stop;

  /// Errors: cancelled, timeout.
  [[nodiscard]] Status check() const {
    if (stop.stop_requested())
      return make_error(ErrorCode::cancelled, "The question was cancelled");
    if (deadline.passed())
      return make_error(ErrorCode::timeout, "The time for writing the query is over",
                        "Ask a shorter question or allow more time.");
    return {};
  }
};

}  // namespace idi::parser
