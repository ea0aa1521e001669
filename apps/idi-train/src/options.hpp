// The command line of idi-train. A reader of its own: training machines have no library for it.
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine.hpp"
#include "layout.hpp"

namespace idi::train {

/// A mistake on the command line; what() says which.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct AugmentOptions {
  float schema_word_dropout = 0.25F;   ///< Share of the words of columns and tables made unknown.
  float question_word_dropout = 0.1F;  ///< … and of the question.
  float keep_grams = 0.5F;             ///< Share of the unknown words that keep their grams.
  float item_drop_examples = 0.3F;     ///< Share of the examples that lose items,
  float item_drop_most = 0.5F;  ///< at most this share of those that the target does not use.
  /// Share of the columns and tables that forget which words of the question match them.
  float link_dropout = 0;
};

struct Options {
  std::string command;       ///< "train", "score", "blend" or "help"
  std::string older, newer;  ///< Of "blend".
  double share = 0.8;        ///< … of the newer.
  std::string examples, weights;
  std::string from;  ///< A weights file to begin with, whose sizes are taken; empty: random weights

  Sizes sizes;
  LossOptions loss;
  OptimizerOptions optimizer;
  AugmentOptions augment;

  std::int64_t steps = 0;  ///< 0: by time
  double minutes = 0;      ///< 0: by steps
  float rate = 1e-3F;
  double warm_up = 0.04;    ///< Share of the training
  double last_rate = 0.01;  ///< Share of the peak at the end
  int batch = 32;
  int micro_batch = 16;
  int threads = 0;  ///< 0: one a core
  std::uint64_t seed = 1;
  std::string device = "cpu";

  std::map<std::string, double> mix;  ///< Source → weight; empty: by number of examples
  std::vector<std::string> synthetic_sources;
  double finish_real = 0;             ///< Last share of the training without synthetic sources
  std::vector<std::string> hold_out;  ///< Database names
  std::string valid;                  ///< Another example file

  std::string checkpoint;
  double checkpoint_minutes = 5;
  bool resume = false;
  std::int64_t evaluate_examples = 1000;
  double evaluate_minutes = 2;
  std::string curve;  ///< Path without extension: .csv and .svg
  bool half = false;  ///< Store the weights as f16
};

/// Throws UsageError.
[[nodiscard]] Options read_options(const std::vector<std::string>& arguments);
[[nodiscard]] std::string usage();

}  // namespace idi::train
