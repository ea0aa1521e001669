// The commands about llama.cpp's server: `idi runtime install|status|remove`, with their options.
#pragma once

#include "interrupt.hpp"
#include "runtime_commands.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace idi::cli {

class CommandList;

/// Holds what the options say: must live as long as the commands.
class RuntimeCommandLine {
 public:
  /// REQUIRES: `app`, `commands` and `interrupt` live as long as this.
  void add_to(CLI::App& app, CommandList& commands, Interrupt& interrupt);

 private:
  RuntimeInstallOptions install_;
  RuntimeStatusOptions status_;
};

}  // namespace idi::cli
