// How names and texts are written in each dialect.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/schema.hpp"

namespace idi::sql {

/// Quoted if it must be: not a plain word, a reserved word, or (PostgreSQL) not lower case.
[[nodiscard]] std::string quoted_identifier(std::string_view name, Dialect dialect);
/// 'it''s'; in MySQL a text with a backslash is written in hexadecimal.
[[nodiscard]] std::string quoted_text(std::string_view text, Dialect dialect);
/// A number that is written as people and databases write it: "12", "-3.5"; not "007", "1e5".
[[nodiscard]] bool is_plain_number(std::string_view text);

}  // namespace idi::sql
