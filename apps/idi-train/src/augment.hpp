// Makes an example harder, differently each time: unknown words, missing items, missing links.
#pragma once

#include <cstdint>
#include <random>
#include <span>

#include "idi/model_io/model_input.hpp"
#include "options.hpp"

namespace idi::train {

using Random = std::mt19937_64;

/// What stands in the relations where nothing links a question word with a column or a table.
struct Unlinked {
  std::uint8_t word_column = 0, column_word = 0, word_table = 0, table_word = 0;
};
/// Most words have nothing to do with most columns: the commonest relation of each kind of pair.
[[nodiscard]] Unlinked find_unlinked(std::span<const model_io::TrainingExample> examples);

/// Word 0 is the unknown word. Items are dropped with their rows and columns of the relations;
/// what some step points to stays, and tables stay: their columns' meaning depends on them.
[[nodiscard]] model_io::TrainingExample augment(const model_io::TrainingExample& example,
                                                const AugmentOptions& options, int symbol_count,
                                                const Unlinked& unlinked, Random& random);

}  // namespace idi::train
