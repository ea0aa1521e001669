#include "naming.hpp"

#include <algorithm>

#include "idi/core/text.hpp"
#include "idi/session/session_store.hpp"

namespace idi::session {
namespace {

constexpr int max_name_columns = 60;
constexpr std::string_view ellipsis = "\u2026";

/// Bytes of the character at the front of valid UTF-8.
std::size_t character_size(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(size, text.size());
}

bool is_blank_or_control(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead <= 0x20 || lead == 0x7F;
  const auto second = static_cast<unsigned char>(character[1]);
  // U+0080 to U+00A0: the C1 controls and the no-break space.
  if (character.size() == 2) return lead == 0xC2 && second <= 0xA0;
  if (character.size() != 3) return false;
  const auto third = static_cast<unsigned char>(character[2]);
  if (lead == 0xE2 && second == 0x80) {
    // U+2000 to U+200B are blanks, U+200E and U+200F direction marks, U+2028 to U+202F line ends,
    // direction changes and a blank.
    return third <= 0x8B || third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAF);
  }
  // U+205F is a blank, U+2066 to U+2069 isolate a direction.
  if (lead == 0xE2 && second == 0x81) return third == 0x9F || (third >= 0xA6 && third <= 0xA9);
  return character == "\u3000" || character == "\uFEFF";
}

}  // namespace

std::string one_line(std::string_view text) {
  const std::string valid = text::to_valid_utf8(text);
  std::string line;
  bool blank_before = false;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view character = rest.substr(0, character_size(rest));
    rest.remove_prefix(character.size());
    if (is_blank_or_control(character)) {
      blank_before = !line.empty();
      continue;
    }
    if (blank_before) line += ' ';
    blank_before = false;
    line += character;
  }
  return line;
}

std::string name_from_question(std::string_view question) {
  std::string line = one_line(question);
  int columns = 0;
  std::size_t kept = 0;         // Fits with the mark behind it.
  std::size_t word_border = 0;  // The last blank within what fits.
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view rest = std::string_view(line).substr(at);
    const std::string_view character = rest.substr(0, character_size(rest));
    columns += text::display_width(character);
    at += character.size();
    if (columns > max_name_columns || at > max_name_bytes) {
      // A border in the first half would lose more than a cut word.
      std::size_t cut = word_border > kept / 2 ? word_border : kept;
      while (cut > 0 && std::string_view(" ,;:-").find(line[cut - 1]) != std::string_view::npos) {
        --cut;
      }
      return line.substr(0, cut).append(ellipsis);
    }
    if (columns < max_name_columns && at + ellipsis.size() <= max_name_bytes) {
      if (character == " ") word_border = at - 1;
      // Marks stay with the letter that they stand on.
      const std::string_view next = rest.substr(character.size());
      const bool letter_ends =
          next.empty() || text::display_width(next.substr(0, character_size(next))) > 0;
      if (letter_ends) kept = at;
    }
  }
  return line;
}

}  // namespace idi::session
