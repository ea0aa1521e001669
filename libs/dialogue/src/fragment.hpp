// "what about Germany?", "by region", "only in 2023", "how many are there?": an utterance that
// leaves out what the question before said, as that question changed.
#pragma once

#include <optional>
#include <string>

#include "idi/link/linker.hpp"
#include "sentence.hpp"

namespace idi::dialogue {

/// nullopt if the utterance says enough itself.
[[nodiscard]] std::optional<std::string> completed(const Sentence& utterance,
                                                   const Sentence& previous,
                                                   const link::Linker& linker);

}  // namespace idi::dialogue
