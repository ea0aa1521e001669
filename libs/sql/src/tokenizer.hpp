// SQL text → tokens, for all three dialects: every literal, quote and comment form that they have.
// Knows no grammar. Comments are tokens too: the guard refuses them, the parser skips them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

namespace idi::sql {

struct SqlToken {
  enum class Kind {
    word,               ///< Unquoted identifier or keyword; text as written.
    quoted_identifier,  ///< [x], `x`, and "x" (in MySQL "x" is a string); text unquoted.
    string,             ///< Text decoded.
    number,             ///< As written.
    blob,               ///< x'…'; text is the hexadecimal digits.
    parameter,          ///< ?, ?1, :a, @a, $a, $1
    punctuation,        ///< Operators, longest first: "<=", "||", "::", "(", …
    comment,            ///< With its delimiters.
  };
  Kind kind = Kind::punctuation;
  std::string text;
  char quote = 0;            ///< The opening quote of a quoted identifier or string.
  std::size_t position = 0;  ///< Byte offset in the statement.
};

/// Errors: sql_rejected with the position (unterminated quote or comment, a control character),
/// limit_exceeded beyond max_sql_bytes. NUL bytes are refused.
[[nodiscard]] Result<std::vector<SqlToken>> tokenize(std::string_view sql, Dialect dialect);

inline constexpr std::size_t max_sql_bytes = 100'000;

}  // namespace idi::sql
