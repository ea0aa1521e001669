// Percent-encoding and form bodies (application/x-www-form-urlencoded, WHATWG URL §5): outside text
// that becomes pairs of valid UTF-8. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::http {

/// Fields of one form or query string.
inline constexpr std::size_t max_form_fields = 1'000;

using FormFields = std::vector<std::pair<std::string, std::string>>;

enum class PlusSign { is_plus, is_blank };

/// "%C3%A9" → "é". Errors: invalid_argument (a broken escape, bytes that are no UTF-8, U+0000).
[[nodiscard]] Result<std::string> percent_decode(std::string_view text,
                                                 PlusSign plus = PlusSign::is_plus);

/// "a=1&b=x+y&c" → {a, 1}, {b, x y}, {c, ""}, in order, repeated names kept; empty fields ("&&")
/// are skipped. Query strings too. Errors: as percent_decode; limit_exceeded (max_form_fields).
[[nodiscard]] Result<FormFields> parse_form(std::string_view body);

}  // namespace idi::http
