// Closed classes of English words: what a question is made of beside the names and values of its
// subject. Nothing about any database.
#pragma once

#include <string_view>

namespace idi::answerability {

/// Articles, pronouns, prepositions, auxiliaries, question words, and the words of asking itself
/// ("show", "list", "give"). Lower case.
[[nodiscard]] bool is_function_word(std::string_view lower);

/// Words for what a query does: counting, sorting, comparing, grouping. Lower case.
[[nodiscard]] bool is_operation_word(std::string_view lower);

/// "delete", "update", …: asks for a change if it stands first. Lower case.
[[nodiscard]] bool is_change_verb(std::string_view lower);

}  // namespace idi::answerability
