// "their names", "which of those …": an utterance that points back with a word, with the words
// that it points to in that word's place.
#pragma once

#include <optional>
#include <string>

#include "idi/link/linker.hpp"
#include "sentence.hpp"

namespace idi::dialogue {

/// nullopt if nothing in the utterance points out of it, or it is not known what to.
[[nodiscard]] std::optional<std::string> with_references_resolved(const Sentence& utterance,
                                                                  const Sentence& previous,
                                                                  const link::Linker& linker);

/// Does a word point out of the utterance?
[[nodiscard]] bool points_back(const Sentence& utterance);

}  // namespace idi::dialogue
