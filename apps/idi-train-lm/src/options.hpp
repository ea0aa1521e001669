// What idi-train-lm is told on its command line.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "model.hpp"

namespace idi::lm {

struct TrainOptions {
  std::filesystem::path train, dev;  ///< Pairs, as idi-lm-pairs writes them.
  std::filesystem::path vocabulary;  ///< As idi-lm-vocabulary writes it; of a new model.
  std::filesystem::path checkpoint;  ///< Written now and then; resumed from if it is there.
  ModelSizes sizes;
  std::map<std::string, double> source_weights;  ///< How often a source's questions are drawn; 1.
  int groups = 4, questions = 10;                ///< Of a step: schemas, and questions of each.
  double learning_rate = 2e-3;
  double minutes = 60;  ///< Of training in all, resumed or not: the rate falls to 0.
  double until = 0;     ///< Stops there, to go on with other options; 0: at the end.
  double evaluate_minutes = 5;
  BatchOptions batch{0.3F, 0, 0};
  int threads = 1;
  std::string device = "cpu";
  unsigned seed = 1;
};

/// "--name value" pairs. Errors: invalid_argument.
[[nodiscard]] Result<TrainOptions> parse_options(std::span<char* const> arguments);
extern const char* const options_text;

}  // namespace idi::lm
