// A training from the example file to the weights file, and the scoring of examples.
#pragma once

#include <atomic>

#include "options.hpp"

namespace idi::train {

/// Returns the process's exit code. Throws UsageError, FormatError, std::runtime_error. `stop`: end
/// early, with a checkpoint and the weights written.
int train(const Options& options, const std::atomic<bool>& stop);

/// Prints one line a step: example, step, log-probability, 1 if the target is the best choice.
int score(const Options& options);

}  // namespace idi::train
