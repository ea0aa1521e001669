// What the command line said for the commands of measuring and training data.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ablation.hpp"
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
  bool ask_back = false;   ///< Unclear questions are asked back and not answered as they are read.
  std::set<Part> without;  ///< Parts to leave out.
  bool ablations = false;  ///< Everything, then without each part.
  std::filesystem::path variants;                ///< Folder of question files, instead of one.
  std::optional<std::uint64_t> wrong_databases;  ///< Seed: ask other databases, too.
  double threshold = 0.5;                        ///< Less confidence is no answer there.
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

/// Fitting the confidence, likewise.
struct ConfidenceOptions {
  EvalCommandOptions evaluation;
  std::filesystem::path into;
  double l2 = 0.01;
  int folds = 5;
};

struct VariantsOptions {
  std::filesystem::path questions;
  std::optional<std::filesystem::path> tables;
  std::filesystem::path out;
  std::uint64_t seed = 1;
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
