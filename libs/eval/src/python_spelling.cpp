#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "cell_numbering.hpp"

namespace idi::eval {
namespace {

/// repr(float): the shortest digits that read back the same; plain from 1e-4 to below 1e16.
std::string python_float(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[64];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const std::string shortest(buffer, end);
  const int exponent = std::atoi(shortest.c_str() + shortest.find('e') + 1);
  if (exponent < -4 || exponent >= 16) return shortest;  // Python writes e-05, e+16 as C does
  const auto plain_end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
  std::string plain(buffer, plain_end);
  if (plain.find('.') == std::string::npos) plain += ".0";
  return plain;
}

/// str(bytes): b'…' with what is not printable ASCII as \xNN.
std::string python_bytes(const std::string& bytes) {
  const bool double_quoted =
      bytes.find('\'') != std::string::npos && bytes.find('"') == std::string::npos;
  const char quote = double_quoted ? '"' : '\'';
  std::string text = "b";
  text += quote;
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\\' || byte == quote) {
      text += '\\';
      text += byte;
    } else if (byte == '\t') {
      text += "\\t";
    } else if (byte == '\n') {
      text += "\\n";
    } else if (byte == '\r') {
      text += "\\r";
    } else if (code < 0x20 || code >= 0x7F) {
      text += fmt::format("\\x{:02x}", code);
    } else {
      text += byte;
    }
  }
  return text + quote;
}

struct Spell {
  std::string operator()(Null) const { return "None<class 'NoneType'>"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}<class 'int'>", value); }
  std::string operator()(double value) const { return python_float(value) + "<class 'float'>"; }
  std::string operator()(const std::string& value) const { return value + "<class 'str'>"; }
  std::string operator()(const Blob& value) const {
    return python_bytes(value.bytes) + "<class 'bytes'>";
  }
};

}  // namespace

std::string python_spelling(const Value& cell) { return std::visit(Spell{}, cell); }

}  // namespace idi::eval
