// The options of `idi model …`.
#pragma once

#include "interrupt.hpp"
#include "model_options.hpp"

namespace CLI {
class App;
}

namespace idi::cli {

class CommandList;

/// Holds what the options say: must live as long as the commands.
class ModelStoreCommands {
 public:
  /// REQUIRES: `app`, `commands` and `interrupt` live as long as this.
  void add_to(CLI::App& app, CommandList& commands, Interrupt& interrupt);

 private:
  void add_list(CLI::App& model, CommandList& commands, Interrupt& interrupt);
  void add_pull(CLI::App& model, CommandList& commands, Interrupt& interrupt);
  void add_add(CLI::App& model, CommandList& commands, Interrupt& interrupt);
  void add_use(CLI::App& model, CommandList& commands, Interrupt& interrupt);
  void add_verify(CLI::App& model, CommandList& commands, Interrupt& interrupt);
  void add_remove(CLI::App& model, CommandList& commands, Interrupt& interrupt);

  ModelListOptions list_;
  ModelPullOptions pull_;
  ModelAddOptions add_;
  ModelUseOptions use_;
  ModelVerifyOptions verify_;
  ModelRemoveOptions remove_;
};

}  // namespace idi::cli
