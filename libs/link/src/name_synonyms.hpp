// Words that people use for one another when they speak of a database, near enough in that context
// though WordNet keeps them apart (city and town, employee and staff). Plain table, no I/O.
#pragma once

#include <string_view>
#include <vector>

namespace idi::link {

/// By stems, words joined by blanks ("phone number" → "phone number"); the key itself excluded.
/// Empty if unknown.
[[nodiscard]] const std::vector<std::string_view>& name_synonyms_of(std::string_view stem_key);

}  // namespace idi::link
