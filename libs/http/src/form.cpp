#include "idi/http/form.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"

namespace idi::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Result<std::string> percent_decode(std::string_view text, PlusSign plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        return make_error(ErrorCode::invalid_argument,
                          "A percent sign is not followed by two hexadecimal digits.",
                          "Write a percent sign as %25.", fmt::format("byte {}", i));
      }
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus == PlusSign::is_blank) {
      c = ' ';
    }
    if (c == '\0') {
      return make_error(ErrorCode::invalid_argument, "The text contains a zero character.");
    }
    decoded.push_back(c);
  }
  if (!text::is_valid_utf8(decoded)) {
    return make_error(ErrorCode::invalid_argument, "The text is not valid UTF-8.");
  }
  return decoded;
}

Result<FormFields> parse_form(std::string_view body) {
  FormFields fields;
  while (!body.empty()) {
    const std::size_t end = body.find('&');
    const std::string_view field = body.substr(0, end);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    if (field.empty()) continue;
    if (fields.size() == max_form_fields) {
      return make_error(ErrorCode::limit_exceeded,
                        fmt::format("A form may have {} fields at most.", max_form_fields));
    }
    const std::size_t equals = field.find('=');
    IDI_TRY(std::string name, percent_decode(field.substr(0, equals), PlusSign::is_blank));
    std::string value;
    if (equals != std::string_view::npos) {
      IDI_TRY(value, percent_decode(field.substr(equals + 1), PlusSign::is_blank));
    }
    fields.emplace_back(std::move(name), std::move(value));
  }
  return fields;
}

}  // namespace idi::http
