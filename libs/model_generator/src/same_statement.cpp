#include "same_statement.hpp"

#include <cctype>
#include <string>

namespace idi::model_generator {
namespace {

bool is_name_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0;
}

/// Blanks only where they part two words.
std::string plain(std::string_view sql) {
  std::string text;
  char quote = 0;
  bool blank = false;
  for (const char c : sql) {
    if (quote != 0) {
      text += c;
      if (c == quote) quote = 0;
      continue;
    }
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      blank = true;
      continue;
    }
    if (blank && !text.empty() && is_name_letter(text.back()) && is_name_letter(c)) text += ' ';
    blank = false;
    if (c == '\'' || c == '"' || c == '`') quote = c;
    text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (text.ends_with(';')) text.pop_back();
  return text;
}

}  // namespace

bool is_same_statement(std::string_view a, std::string_view b) { return plain(a) == plain(b); }

}  // namespace idi::model_generator
