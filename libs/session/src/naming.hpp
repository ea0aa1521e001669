// One line of text for people: names, tags. Pure.
#pragma once

#include <string>
#include <string_view>

namespace idi::session {

/// Without control characters and marks that turn the direction of writing; every run of blanks is
/// one blank, none at the ends. Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string one_line(std::string_view text);

/// one_line(), short: cut at a word border if there is one, and marked with "…". Never longer than
/// max_name_bytes. Empty if the question has nothing to show.
[[nodiscard]] std::string name_from_question(std::string_view question);

}  // namespace idi::session
