#include "spelling.hpp"

#include <cctype>

namespace idi::synth {

std::string identifier(const std::string& words, Spelling spelling) {
  std::string name;
  bool upper = spelling == Spelling::pascal;
  for (const char c : words) {
    if (c == ' ' || c == '-') {
      if (spelling == Spelling::snake) name += '_';
      upper = spelling == Spelling::camel || spelling == Spelling::pascal;
      continue;
    }
    name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return name;
}

std::string sql_text(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '\'' ? std::string("''") : std::string(1, c);
  return "'" + escaped + "'";
}

}  // namespace idi::synth
