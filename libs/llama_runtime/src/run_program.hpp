// Runs a program to its end and keeps what it printed.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "child.hpp"
#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"

namespace idi::llama_runtime {

struct ProgramResult {
  Ending ending;
  std::string output;  ///< Both streams as they came; of a long one the last 1 MiB.
  [[nodiscard]] bool good() const { return !ending.by_signal && ending.code == 0; }
};

/// `on_line` is told each whole line. Errors: those of Child::start, timeout, cancelled; the
/// program and what it started are killed then.
[[nodiscard]] Result<ProgramResult> run_program(
    const Program& program, Deadline deadline, const std::stop_token& stop,
    const std::function<void(std::string_view line)>& on_line = {});

}  // namespace idi::llama_runtime
