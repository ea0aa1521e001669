// Commands and what each does, while the command line is put together. Private to the files that
// know the option parser.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace idi::cli {

class CommandList {
 public:
  /// Without an action it has commands of its own, one of which must be named.
  CLI::App* add(CLI::App& under, const std::string& name, const std::string& help,
                std::function<int()> action) {
    CLI::App* command = under.add_subcommand(name, help);
    if (action) {
      actions_.emplace_back(command, std::move(action));
    } else {
      command->require_subcommand(1);
    }
    return command;
  }

  /// Of the command that was named; null if none was.
  [[nodiscard]] const std::function<int()>* named() const {
    for (const auto& [command, action] : actions_) {
      if (command->parsed()) return &action;
    }
    return nullptr;
  }

 private:
  std::vector<std::pair<CLI::App*, std::function<int()>>> actions_;
};

}  // namespace idi::cli
