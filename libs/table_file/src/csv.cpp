#include "idi/table_file/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace idi::table_file {
namespace {

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

/// "-1", "+1.5", "-.5e-7": what begins with a sign and is data all the same.
bool is_plain_number(std::string_view text) {
  std::size_t at = text.front() == '+' || text.front() == '-' ? 1 : 0;
  const std::size_t digits_begin = at;
  at = skip_digits(text, at);
  std::size_t digits = at - digits_begin;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t end = skip_digits(text, at);
    if (end == at) return false;
    at = end;
  }
  return at == text.size();
}

}  // namespace

bool looks_like_formula(std::string_view text) {
  // The last four are the wide forms that East Asian spreadsheets take for the first four. Blanks
  // before them are dropped by some.
  constexpr std::array<std::string_view, 8> starts{"=",      "+",      "-",      "@",
                                                   "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  const std::string_view content = text.substr(first);
  const bool starts_like_one =
      std::any_of(starts.begin(), starts.end(),
                  [&](std::string_view start) { return content.starts_with(start); });
  return starts_like_one && !(first == 0 && is_plain_number(content));
}

std::string csv_text(std::string_view text, CsvReader reader) {
  const bool guarded = reader == CsvReader::for_people && looks_like_formula(text);
  // An empty text is quoted: unquoted it would be NULL.
  const bool needs_quotes = text.empty() || text.find_first_of(",;\t\"\r\n") != text.npos;
  if (!needs_quotes) return (guarded ? "'" : "") + std::string(text);
  std::string quoted = guarded ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_cell(const Value& value, CsvReader reader) {
  if (std::holds_alternative<Null>(value)) return {};
  if (const auto* text = std::get_if<std::string>(&value)) return csv_text(*text, reader);
  if (const auto* blob = std::get_if<Blob>(&value)) {
    std::string digits;
    for (const char byte : blob->bytes) {
      digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return digits;
  }
  return to_display(value);
}

}  // namespace idi::table_file
