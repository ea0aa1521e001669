// The words of a question, and what the parts of the first phase ask of them.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "idi/link/linked_question.hpp"

namespace idi::engine {

using Words = std::vector<link::QuestionToken>;

[[nodiscard]] inline bool one_of(std::string_view word,
                                 std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Empty past the end.
[[nodiscard]] inline std::string_view lower_at(const Words& words, std::size_t i) {
  return i < words.size() ? std::string_view(words[i].lower) : std::string_view();
}

/// From `at` on, past "please", "can you", "I want to", "could you please …".
[[nodiscard]] std::size_t skip_politeness(const Words& words, std::size_t at = 0);

}  // namespace idi::engine
