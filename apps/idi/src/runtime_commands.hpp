// What `idi runtime …` is told and does: the program that runs language models. In
// commands/runtime.cpp.
#pragma once

#include <string>

#include "interrupt.hpp"

namespace idi::cli {

struct RuntimeInstallOptions {
  bool again = false;  ///< Even where one is.
  std::string mirror;  ///< Empty: as the machine's own sources say.
};

struct RuntimeStatusOptions {
  bool json = false;
};

[[nodiscard]] int run_runtime_install(const RuntimeInstallOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_runtime_status(const RuntimeStatusOptions& options, Interrupt& interrupt);
[[nodiscard]] int run_runtime_remove();

}  // namespace idi::cli
