// Abbreviations that database designers use. Plain table, no I/O.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace idi::link {

/// What a lower-case abbreviation may stand for, each in words ("dob" → "date of birth"); empty if
/// unknown.
[[nodiscard]] std::vector<std::string_view> expansions_of(std::string_view abbreviation);

/// "dept" ~ "department" (a beginning), "mgr" ~ "manager" (first letter and consonants in order).
/// Both lower case; for words that no dictionary knows.
[[nodiscard]] bool may_abbreviate(std::string_view abbreviation, std::string_view word);

}  // namespace idi::link
