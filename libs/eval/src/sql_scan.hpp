// SQL text cut into pieces without losing a byte: joined again, the pieces are the text. Never
// fails; what it does not know is a symbol. For measuring queries, not for judging their safety.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace idi::eval {

struct SqlPiece {
  enum class Kind : std::uint8_t {
    space,
    comment,
    word,  ///< Keywords and bare identifiers.
    number,
    text,           ///< '…'
    double_quoted,  ///< "…": an identifier, or (SQLite) text.
    quoted_name,    ///< `…` or […]
    symbol          ///< One operator or punctuation mark: ( ) , . ; <= <> …
  };
  Kind kind = Kind::symbol;
  std::string_view text;  ///< Refers to the scanned text.
};

[[nodiscard]] std::vector<SqlPiece> scan_sql(std::string_view sql);

}  // namespace idi::eval
