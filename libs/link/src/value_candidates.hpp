// What in a question may stand in SQL as a literal.
#pragma once

#include <string_view>
#include <vector>

#include "idi/link/linked_question.hpp"
#include "idi/link/value_index.hpp"
#include "name_index.hpp"

namespace idi::link {

/// Best first, one for each (text, tokens), at most max_values.
[[nodiscard]] std::vector<ValueCandidate> find_values(std::string_view question,
                                                      const std::vector<QuestionToken>& tokens,
                                                      const ValueIndex& index,
                                                      const NameIndex& names, int max_values);

}  // namespace idi::link
