// The commands that measure and make the model: `idi eval` and `idi data …`, with their options.
#pragma once

#include <filesystem>
#include <string>

#include "data_options.hpp"
#include "interrupt.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace idi::cli {

class CommandList;

/// Holds what the options say: must live as long as the commands.
class ModelCommands {
 public:
  /// REQUIRES: `app`, `commands` and `interrupt` live as long as this.
  void add_to(CLI::App& app, CommandList& commands, Interrupt& interrupt);

 private:
  void add_eval();
  void add_measures(CLI::App* command, CLI::Option* questions, CLI::Option* dialogues);
  void add_context(CLI::App* command, CLI::Option* dialogues);
  void add_data();
  void add_join(CLI::App& data);
  static void add_fitting(CLI::App* command, EvalCommandOptions& evaluation,
                          std::filesystem::path& into, double& l2);
  void add_selector(CLI::App& data);
  void add_confidence(CLI::App& data);
  void add_synth(CLI::App& data);
  void add_unnamed(CLI::App& data);
  void add_variants(CLI::App& data);

  CLI::App* app_ = nullptr;
  CommandList* commands_ = nullptr;
  Interrupt* interrupt_ = nullptr;
  EvalCommandOptions eval_;
  std::string metric_ = "spider";
  DataOptions data_;
  SynthOptions synth_;
  JoinOptions join_;
  SelectorOptions selector_;
  UnnamedOptions unnamed_;
  ConfidenceOptions confidence_;
  VariantsOptions variants_;
};

}  // namespace idi::cli
