// When a request ends, at the latest.
#pragma once

#include <stop_token>

#include "idi/core/deadline.hpp"

namespace idi::llm {

struct Patience {
  Deadline deadline = Deadline::never();
  std::stop_token stop;
};

}  // namespace idi::llm
