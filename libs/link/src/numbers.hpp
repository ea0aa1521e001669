// Numbers and dates as people write them. Pure functions.
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
};
/// The longest number that starts at this token.
[[nodiscard]] std::optional<NumberPhrase> number_at(const std::vector<QuestionToken>& tokens,
                                                    std::size_t begin);

struct DatePhrase {
  std::string iso;  ///< "2023", "2023-05", "2023-05-17"; "05-17" where the year is not said.
  std::size_t token_end = 0;
};
/// The longest date that starts at this token. A bare year counts only after a word of time (in,
/// since, before, …).
[[nodiscard]] std::optional<DatePhrase> date_at(const std::vector<QuestionToken>& tokens,
                                                std::size_t begin);

}  // namespace idi::link
