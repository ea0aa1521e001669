// Words of questions that stand for operations: "average", "most", "per", "without". Closed
// classes of English; nothing about any database.
#pragma once

#include <string_view>

#include "origins.hpp"

namespace idi::explanation {

/// What a word (lower case) can ask for; empty for most.
[[nodiscard]] Cues cues_of(std::string_view word);

/// Of these the likelier, where a word says a direction: "highest" is rather a maximum or a
/// descending order.
[[nodiscard]] Cues likelier_cues_of(std::string_view word);

/// Words that ask for nothing of their own in any query: function words, words of the asking
/// ("information", "list"), of generality ("certain", "currently").
[[nodiscard]] bool is_plain_word(std::string_view word);

/// "name", "number", "type": nouns that say of what kind something is that is named beside them.
[[nodiscard]] bool is_attribute_noun(std::string_view word);

/// Verbs that tie two named things ("taught", "produced by", "located in"). In a join they have no
/// words of their own.
[[nodiscard]] bool is_verb(std::string_view word);

}  // namespace idi::explanation
