// Which cell of a column a phrase means, when it is written otherwise.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "idi/link/wordnet.hpp"

namespace idi::link {

/// Cells by number, 0 … count-1.
struct CellSource {
  std::size_t count = 0;
  std::function<std::string_view(std::size_t)> cell;
};

/// In this order: equal after folding; by stems; a known alias (French, France, FRA); initials or a
/// one-letter code; a WordNet synonym or relative; all words of one in the other; a small spelling
/// difference. nullopt if nothing is near, or if several cells are equally near by a weak rule.
[[nodiscard]] std::optional<std::string> closest_cell_of(const CellSource& cells,
                                                         std::string_view phrase,
                                                         const WordNet& wordnet);

/// Is it one or two letters off (cheap; both folded)? false for short words and numbers.
[[nodiscard]] bool is_misspelled(std::string_view folded_phrase, std::string_view folded_cell);

}  // namespace idi::link
