#include "idi/core/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace idi::text {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

/// Length of the code point at the front, or a negative number if it is not valid UTF-8.
utf8proc_ssize_t next_code_point(std::string_view text, utf8proc_int32_t* code_point) {
  return utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), code_point);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  if (is_ascii(bytes)) return true;
  while (!bytes.empty()) {
    utf8proc_int32_t code_point = 0;
    const auto length = next_code_point(bytes, &code_point);
    if (length <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(length));
  }
  return true;
}

std::string to_valid_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string{bytes};
  std::string valid;
  valid.reserve(bytes.size() + 8);
  while (!bytes.empty()) {
    utf8proc_int32_t code_point = 0;
    const auto length = next_code_point(bytes, &code_point);
    if (length <= 0) {
      valid += replacement_character;
      bytes.remove_prefix(1);
    } else {
      valid += bytes.substr(0, static_cast<std::size_t>(length));
      bytes.remove_prefix(static_cast<std::size_t>(length));
    }
  }
  return valid;
}

std::string fold_case(std::string_view utf8) {
  if (is_ascii(utf8)) return to_lower_ascii(utf8);
  const std::string valid = to_valid_utf8(utf8);
  utf8proc_uint8_t* folded = nullptr;
  const auto length = utf8proc_map(
      bytes_of(valid), static_cast<utf8proc_ssize_t>(valid.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(folded, &std::free);
  if (length < 0) return to_lower_ascii(valid);
  return {reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length)};
}

std::string to_lower_ascii(std::string_view text) {
  std::string lower{text};
  std::transform(lower.begin(), lower.end(), lower.begin(), lower_ascii);
  return lower;
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower_ascii(x) == lower_ascii(y); });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (true) {
    const auto end = text.find(separator, begin);
    if (end == std::string_view::npos) break;
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string joined;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined += separator;
    joined += parts[i];
  }
  return joined;
}

int display_width(std::string_view utf8) {
  int width = 0;
  while (!utf8.empty()) {
    utf8proc_int32_t code_point = 0;
    const auto length = next_code_point(utf8, &code_point);
    if (length <= 0) {
      width += 1;
      utf8.remove_prefix(1);
    } else {
      width += utf8proc_charwidth(code_point);
      utf8.remove_prefix(static_cast<std::size_t>(length));
    }
  }
  return width;
}

}  // namespace idi::text
