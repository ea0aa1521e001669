// Closed classes of English words by which people continue a conversation. Nothing about any
// database. All take lower-case words.
#pragma once

#include <string_view>

namespace idi::dialogue {

/// "and", "now", "please", …: say nothing of the database when they open an utterance.
[[nodiscard]] bool is_opening_filler(std::string_view word);
/// "good", "thanks", …: nor do these, with a comma behind them.
[[nodiscard]] bool is_interjection(std::string_view word);
/// "them", "they", "it", …: stand for what was found before.
[[nodiscard]] bool is_personal_pronoun(std::string_view word);
/// "their", "its", …: what belongs to what was found before.
[[nodiscard]] bool is_possessive_pronoun(std::string_view word);
/// "those", "these", "this", "that": alone or before a noun.
[[nodiscard]] bool is_demonstrative(std::string_view word);
/// "the", "all", "each", …: may stand between a preposition and its noun.
[[nodiscard]] bool is_determiner(std::string_view word);
/// "in", "for", "with", …
[[nodiscard]] bool is_preposition(std::string_view word);
/// "who", "that", "whose", …
[[nodiscard]] bool is_relative(std::string_view word);
/// "is", "have", "did", …: finite verbs that say little themselves.
[[nodiscard]] bool is_auxiliary(std::string_view word);
/// "show", "list", "give", …
[[nodiscard]] bool is_asking_verb(std::string_view word);
/// "what", "which", "who", "how", …
[[nodiscard]] bool is_question_word(std::string_view word);
/// "oldest", "most", "cheapest": -est and the irregular ones.
[[nodiscard]] bool is_superlative(std::string_view word);
/// "older", "above", "more", "between", …: open a comparison with a number.
[[nodiscard]] bool is_comparing(std::string_view word);
/// "many", "average", "total", …: make one figure of many rows.
[[nodiscard]] bool is_aggregating(std::string_view word);
/// "sort", "sorted", "ordered", "ranked", …
[[nodiscard]] bool is_sorting(std::string_view word);

}  // namespace idi::dialogue
