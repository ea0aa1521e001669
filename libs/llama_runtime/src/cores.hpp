// How many threads a model should be run with here.
#pragma once

#include <filesystem>
#include <string_view>

namespace idi::llama_runtime {

/// Physical cores that this process may use, at most what its control group grants; at least 1.
/// A second thread of one core only gets in the way of matrix products.
[[nodiscard]] int usable_cores();

/// What "cpu.max" of a control group grants, rounded up; 0: no limit, or not understood.
[[nodiscard]] int granted_cores(std::string_view cpu_max);

}  // namespace idi::llama_runtime
