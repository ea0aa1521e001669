// Makes an example harder, differently each time: unknown words, missing items.
#pragma once

#include <random>

#include "idi/model_io/model_input.hpp"
#include "options.hpp"

namespace idi::train {

using Random = std::mt19937_64;

/// Word 0 is the unknown word. Items are dropped with their rows and columns of the relations;
/// what some step points to stays, and tables stay: their columns' meaning depends on them.
[[nodiscard]] model_io::TrainingExample augment(const model_io::TrainingExample& example,
                                                const AugmentOptions& options, int symbol_count,
                                                Random& random);

}  // namespace idi::train
