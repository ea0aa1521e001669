// Numbers as people say them. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/link/linked_question.hpp"

namespace idi::link {

struct NumberPhrase {
  std::string text;           ///< "1500000", "-3.5".
  std::size_t token_end = 0;  ///< One past its last token.
  bool in_words = false;      ///< "twenty five"; false if it has digits.
  bool ordinal = false;       ///< "third", "3rd".
  std::string percent;        ///< Of a fraction ("half of", text 0.5): "50".
};
/// The longest number that starts at this token.
[[nodiscard]] std::optional<NumberPhrase> number_at(const std::vector<QuestionToken>& tokens,
                                                    std::size_t begin);

}  // namespace idi::link
