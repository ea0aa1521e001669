// Programs run to their end, with what they cost.
#pragma once

#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::bench {

struct ProcessCost {
  double wall_ms = 0;  ///< From before the start to after the end.
  double cpu_ms = 0;   ///< User and system.
  double peak_mib = 0;
};

/// Runs it with nothing to read and its output dropped.
/// Errors: io_failed if it cannot be started or ends with another status than 0.
[[nodiscard]] Result<ProcessCost> run_process(const std::vector<std::string>& command);

}  // namespace idi::bench
