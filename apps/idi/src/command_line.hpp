// The command line: what commands and options there are, and which command runs. The parts that
// know the option parser are this one and model_command_line.
#pragma once

#include "interrupt.hpp"

namespace idi::cli {

/// Returns the exit code.
[[nodiscard]] int run_command_line(int argc, char** argv, Interrupt& interrupt);

}  // namespace idi::cli
