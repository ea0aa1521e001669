// What the rest of the room needs to know of a text's words beside tokenize().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/link/linked_question.hpp"

namespace idi::link {

/// tokenize(), ended after max_tokens; `cut` tells whether something was left.
[[nodiscard]] std::vector<QuestionToken> tokenize_at_most(std::string_view text,
                                                          std::size_t max_tokens, bool& cut);

struct QuotedRange {
  std::size_t begin = 0, end = 0;  ///< Bytes between the quotes.
};
/// "…", '…', `…`, “…”, ‘…’, «…» and ``…''; not apostrophes, not empty, at most 200 bytes each.
[[nodiscard]] std::vector<QuotedRange> quoted_ranges(std::string_view text);

/// Folded words joined by blanks: equal for texts that differ in case, accents and punctuation.
[[nodiscard]] std::string phrase_key(const std::vector<QuestionToken>& tokens, std::size_t begin,
                                     std::size_t end);
/// The same by stems.
[[nodiscard]] std::string stem_key(const std::vector<QuestionToken>& tokens, std::size_t begin,
                                   std::size_t end);

[[nodiscard]] bool is_number_text(std::string_view text);
[[nodiscard]] bool starts_upper(std::string_view text);

/// Function words (the, of, is, …): never match a name or a cell alone.
[[nodiscard]] bool is_stopword(std::string_view lower);
/// Words of asking (show, list, find, …): match a whole name only.
[[nodiscard]] bool is_asking_word(std::string_view lower);

}  // namespace idi::link
