// The strongest match of each word of a question, whatever it matches.
#pragma once

#include <vector>

#include "idi/link/linked_question.hpp"

namespace idi::answerability {

struct WordMatch {
  link::NameMatch name = link::NameMatch::none;
  link::CellMatch cell = link::CellMatch::none;
  bool is_value = false;   ///< Part of a cell, a quoted text or a date; a mere span is a guess.
  bool is_number = false;  ///< Part of a number.
};

/// By token.
[[nodiscard]] std::vector<WordMatch> word_matches(const link::LinkedQuestion& question);

}  // namespace idi::answerability
