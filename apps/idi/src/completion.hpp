// Completion scripts for shells, made from the command line's own description. Pure.
#pragma once

#include <string>
#include <vector>

#include "options.hpp"

namespace idi::cli {

struct OptionWords {
  std::vector<std::string> names;  ///< "--db", "-h"
  std::string help;                ///< One line.
  bool takes_value = false;
};

/// A command with its options and the commands under it; the root is the program.
struct CommandWords {
  std::string name;
  std::string help;
  std::vector<OptionWords> options;
  std::vector<CommandWords> commands;
};

/// What is no option and no command is completed as a file name.
[[nodiscard]] std::string completion_script(Shell shell, const CommandWords& program);

}  // namespace idi::cli
