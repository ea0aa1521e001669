#include "plain_data.hpp"

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::prompt {

namespace {

constexpr std::size_t max_name_bytes = 128;
constexpr std::string_view ellipsis = "…";

/// The code point that begins at `at` of valid UTF-8, and its length in bytes.
struct Point {
  char32_t value = 0;
  std::size_t bytes = 1;
};

Point point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto rest = [&](std::size_t i) { return static_cast<char32_t>(byte(i) & 0x3F); };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) < 0xE0) return {(byte(0) & 0x1FU) << 6 | rest(1), 2};
  if (byte(0) < 0xF0) return {(byte(0) & 0x0FU) << 12 | rest(1) << 6 | rest(2), 3};
  return {(byte(0) & 0x07U) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4};
}

bool is_blank(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Nothing to see: zero-width marks, changes of direction, tags, private use, non-characters. They
/// carry text that a person who looks at the data does not see.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x034F || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xE0000 && c <= 0xE0FFF) || c >= 0xF0000 ||
         (c & 0xFFFE) == 0xFFFE;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// May these two stand side by side? Marks that are known: <|im_start|> <s> </s> <start_of_turn>
/// <think> <｜User｜> [INST] [/INST] [gMASK] [|system|] <<SYS>> >>QUESTION<< ]~b] and ```.
bool is_mark(char before, char next) {
  switch (before) {
    case '<':
      // "<5", "<=3" and "<>" are comparisons, everywhere.
      return next != ' ' && next != '=' && next != '>' && !(next >= '0' && next <= '9');
    case '[':
      return is_letter(next) || next == '/' || next == '|' || next == '_' || next == '!';
    case '|':
      return next == '>' || next == ']';
    case '>':
      return next == '>';
    case ']':
      return next == '~';
    case '`':
      return next == '`';
    default:
      return false;
  }
}

}  // namespace

std::string plain_data(std::string_view text, std::size_t max_bytes) {
  const std::string valid = text::to_valid_utf8(text);
  std::string plain;
  bool blank_due = false;
  for (std::size_t at = 0; at < valid.size();) {
    const Point point = point_at(valid, at);
    const std::string_view bytes = std::string_view(valid).substr(at, point.bytes);
    at += point.bytes;
    if (is_blank(point.value)) {
      blank_due = !plain.empty();
      continue;
    }
    if (is_invisible(point.value)) continue;
    if (blank_due || (!plain.empty() && is_mark(plain.back(), bytes.front()))) plain += ' ';
    blank_due = false;
    plain += bytes;
    if (plain.size() > max_bytes) break;
  }
  if (plain.size() <= max_bytes) return plain;
  if (max_bytes < ellipsis.size()) return {};
  std::size_t end = max_bytes - ellipsis.size();
  while (end > 0 && (static_cast<unsigned char>(plain[end]) & 0xC0) == 0x80) --end;
  plain.resize(end);
  // A mark's beginning before the ellipsis is none: "<…" begins no mark that is known.
  return plain.append(ellipsis);
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || name.size() > max_name_bytes) return false;
  // Nearly all: databases may have 200 000 names.
  if (std::all_of(name.begin(), name.end(),
                  [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }))
    return true;
  // MySQL doubles a backquote within its quotes: at the end of a name that would be a fence.
  return name.find('`') == std::string_view::npos && plain_data(name, max_name_bytes) == name;
}

}  // namespace idi::prompt
