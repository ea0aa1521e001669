// Singular and plural of English names, by rule. Good enough for names of tables in a sentence.
#pragma once

#include <string>
#include <string_view>

namespace idi::explanation {

/// "customer", "customers" → "customers"; of several words the last: "order line" → "order lines".
[[nodiscard]] std::string plural_of(std::string_view noun);
/// "customers" → "customer", "categories" → "category", "status" stays.
[[nodiscard]] std::string singular_of(std::string_view noun);

}  // namespace idi::explanation
