#include "html_text.hpp"

#include "idi/core/text.hpp"

namespace idi::eval {

std::string html_text(std::string_view text) {
  std::string safe;
  for (const char c : text::to_valid_utf8(text)) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      case '\n':
      case '\t':
        safe += c;
        break;
      default: {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x20 || code == 0x7F) {
          safe += "\xEF\xBF\xBD";
        } else {
          safe += c;
        }
      }
    }
  }
  return safe;
}

}  // namespace idi::eval
