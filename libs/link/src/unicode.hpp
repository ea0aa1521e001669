// Code points and their classes, and the folding that makes words comparable. Pure functions over
// utf8proc; any bytes are accepted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace idi::link {

enum class CharClass : std::uint8_t {
  letter,
  mark,       ///< Combining: belongs to the letter before it.
  digit,      ///< Decimal digits of any script.
  ideograph,  ///< Scripts written without blanks: each character is a word.
  blank,
  other,
};

struct CodePoint {
  char32_t code = 0;
  std::size_t length = 1;  ///< Bytes; an invalid byte is U+FFFD of length 1.
};

/// REQUIRES: position < text.size().
[[nodiscard]] CodePoint decode_at(std::string_view text, std::size_t position);
[[nodiscard]] CharClass char_class(char32_t code);
[[nodiscard]] bool is_upper(char32_t code);
/// Case and accents folded, compatibility forms replaced ("ÉTÉ" → "ete", "ﬁ" → "fi").
[[nodiscard]] std::string fold_plain(std::string_view utf8);

}  // namespace idi::link
