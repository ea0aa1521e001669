// Other words for the same cell: demonyms and country codes, sexes, truth values, US states. Plain
// tables, no I/O.
#pragma once

#include <string_view>
#include <vector>

namespace idi::link {

/// Everything that stands for the same thing as this lower-case phrase ("french" → "france", "fr",
/// "fra"), itself excluded; empty if unknown. Symmetric.
[[nodiscard]] std::vector<std::string_view> aliases_of(std::string_view lower_phrase);

}  // namespace idi::link
