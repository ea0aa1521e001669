// "what is the average age?", "which has the most orders?", "what are the names of the students?":
// a whole sentence that leaves out which rows are meant, with the words that say it.
#pragma once

#include <optional>
#include <string>

#include "sentence.hpp"
#include "subject.hpp"

namespace idi::dialogue {

/// Does the sentence name a table from word `from` on, other than by a column's name?
[[nodiscard]] bool names_table(const Sentence& sentence, int from);

/// From word `from` on. nullopt if the utterance says enough itself.
[[nodiscard]] std::optional<std::string> with_noun(const Sentence& utterance, int from,
                                                   const std::optional<Subject>& about);

/// "the average price": the same for a phrase that is no sentence.
[[nodiscard]] std::optional<std::string> phrase_with_noun(const Sentence& utterance, int from,
                                                          const std::optional<Subject>& about);

}  // namespace idi::dialogue
