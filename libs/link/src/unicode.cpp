#include "unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "idi/core/text.hpp"

namespace idi::link {
namespace {

bool is_ideograph(char32_t code) {
  return (code >= 0x0E00 && code <= 0x0EFF) ||  // Thai, Lao
         (code >= 0x1780 && code <= 0x17FF) ||  // Khmer
         (code >= 0x3040 && code <= 0x30FF) ||  // Hiragana, Katakana
         (code >= 0x3400 && code <= 0x9FFF) ||  // Han
         (code >= 0xF900 && code <= 0xFAFF) ||  // Han, compatibility
         (code >= 0x20000 && code <= 0x3FFFF);  // Han, supplementary
}

}  // namespace

CodePoint decode_at(std::string_view text, std::size_t position) {
  const auto first = static_cast<unsigned char>(text[position]);
  if (first < 0x80) return {first, 1};
  utf8proc_int32_t code = 0;
  const auto left = static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size() - position, 4));
  const auto length = utf8proc_iterate(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data() + position), left, &code);
  if (length <= 0) return {0xFFFD, 1};
  return {static_cast<char32_t>(code), static_cast<std::size_t>(length)};
}

CharClass char_class(char32_t code) {
  if (code < 0x80) {
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z')) return CharClass::letter;
    if (code >= '0' && code <= '9') return CharClass::digit;
    return code <= ' ' || code == 0x7F ? CharClass::blank : CharClass::other;
  }
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
  switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return is_ideograph(code) ? CharClass::ideograph : CharClass::letter;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return CharClass::mark;
    case UTF8PROC_CATEGORY_ND:
      return CharClass::digit;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return CharClass::blank;
    default:
      return CharClass::other;
  }
}

bool is_upper(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  return utf8proc_category(static_cast<utf8proc_int32_t>(code)) == UTF8PROC_CATEGORY_LU;
}

std::string fold_plain(std::string_view utf8) {
  if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return (c & 0x80) == 0; })) {
    return text::to_lower_ascii(utf8);
  }
  const std::string valid = text::to_valid_utf8(utf8);
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
      static_cast<utf8proc_ssize_t>(valid.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
                                     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) return text::to_lower_ascii(valid);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

}  // namespace idi::link
