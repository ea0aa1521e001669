// Words of questions that stand for operations: "average", "most", "per", "without". Closed
// classes of English; nothing about any database.
#pragma once

#include <string_view>

#include "origins.hpp"

namespace idi::explanation {

/// What a word (lower case) can ask for; empty for most.
[[nodiscard]] Cues cues_of(std::string_view word);

/// Words that ask for nothing of their own in any query: function words, words of the asking
/// ("information", "list"), of generality ("certain", "currently").
[[nodiscard]] bool is_plain_word(std::string_view word);

}  // namespace idi::explanation
