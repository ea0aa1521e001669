// The words by which an utterance says how it goes on from what was said before.
#pragma once

#include <string_view>

#include "sentence.hpp"

namespace idi::dialogue {

/// What the opening words say about the rest.
struct Opening {
  int begin = 0;           ///< Of the rest.
  bool continues = false;  ///< "and", "what about": goes on from what was said.
  bool only = false;       ///< "only", "just": less than before.
  bool excludes = false;   ///< "without": less than before, by what is named.
  bool adds = false;       ///< "also", "add": more than before.
};

/// Where the utterance begins to say something: behind "ok, and".
[[nodiscard]] int content_begin(const Sentence& utterance);

[[nodiscard]] Opening opening_of(const Sentence& utterance);

/// "what", "show", "are", …: begin a whole question.
[[nodiscard]] bool opens_sentence(std::string_view word);
/// "broken down by country".
[[nodiscard]] bool is_splitting(std::string_view word);
/// Stands for the answer as a whole: "it", "the results".
[[nodiscard]] bool is_answer_word(std::string_view word);

}  // namespace idi::dialogue
