// What the command line said for the commands of measuring and training data.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "idi/dataset/export.hpp"
#include "idi/eval/dialogue.hpp"
#include "idi/eval/options.hpp"
#include "idi/synth/command.hpp"
#include "options.hpp"

namespace idi::cli {

struct EvalCommandOptions {
  eval::EvalOptions eval;
  std::filesystem::path dialogues;  ///< Instead of eval.questions.
  eval::DialogueContext context = eval::DialogueContext::own;
  EngineOptions engines;  ///< Of no model unless one is named: figures say what was measured.
  CalendarOptions calendar;
  int beam_width = 8;
  bool json = false;
};

struct DataOptions {
  std::vector<std::string> sources;  ///< "NAME=FILE[,overlay|,plain]"
  dataset::ExportOptions dataset;    ///< Its sources are filled from those.
};

struct SynthOptions {
  std::vector<std::string> without;
  std::vector<std::string> databases;
  synth::SynthCommandOptions synth;  ///< Its sets are filled from those.
};

/// Fitting the selector on questions about databases that the model was not trained on.
struct SelectorOptions {
  EvalCommandOptions evaluation;  ///< The held-out questions and the model that did not see them.
  std::filesystem::path into;     ///< The weights file that gets the fitted selector.
  double l2 = 0.01;
};

struct JoinOptions {
  std::vector<std::string> networks;  ///< Weights files; name and selector are the first one's.
  std::string into;
};

struct UnnamedOptions {
  std::filesystem::path questions;
  std::optional<std::filesystem::path> tables;
  std::filesystem::path out;
  bool only_changed = false;
};

}  // namespace idi::cli
