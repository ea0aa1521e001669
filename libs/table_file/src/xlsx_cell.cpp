#include "xlsx_cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "idi/core/text.hpp"
#include "idi/table_file/csv.hpp"
#include "idi/table_file/table_writer.hpp"

namespace idi::table_file {
namespace {

// A spreadsheet keeps 15 digits of a number.
constexpr std::int64_t max_exact_integer = 999'999'999'999'999;
constexpr std::string_view cut_note = "\u2026 [cut]";
constexpr std::size_t cut_note_units = 7;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// `pattern` has a digit for 0 and itself for everything else.
bool matches(std::string_view text, std::string_view pattern) {
  return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                    [](char c, char p) { return p == '0' ? is_digit(c) : c == p; });
}

int number_in(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  for (std::size_t i = at; i < at + digits; ++i) number = number * 10 + (text[i] - '0');
  return number;
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

/// "_x000D_" would be read as the character of that number.
bool is_escape(std::string_view text) {
  return text.size() >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, is_hex_digit);
}

}  // namespace

std::optional<XlsxTime> xlsx_time(std::string_view text) {
  const std::string_view date = text.substr(0, 10);
  if (!matches(date, "0000-00-00")) return std::nullopt;
  XlsxTime time{number_in(date, 0, 4), number_in(date, 5, 2), number_in(date, 8, 2)};
  if (time.month < 1 || time.month > 12 || time.day < 1 ||
      time.day > days_in(time.year, time.month)) {
    return std::nullopt;
  }
  if (time.year < 1900 || (time.year == 1900 && time.month < 3)) return std::nullopt;
  if (text.size() == date.size()) return time;
  const std::string_view clock = text.substr(11);
  const bool to_seconds = matches(clock, "00:00:00");
  if ((text[10] != ' ' && text[10] != 'T') || (!to_seconds && !matches(clock, "00:00"))) {
    return std::nullopt;
  }
  time.has_time = true;
  time.hour = number_in(clock, 0, 2);
  time.minute = number_in(clock, 3, 2);
  if (to_seconds) time.second = number_in(clock, 6, 2);
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return std::nullopt;
  return time;
}

std::string xlsx_text(std::string_view text) {
  const std::string valid = text::to_valid_utf8(text);
  std::string out;
  std::size_t units = 0;
  std::size_t kept = 0;  // Bytes of `out` that leave room for the note.
  for (std::size_t at = 0; at < valid.size();) {
    const std::string_view rest = std::string_view(valid).substr(at);
    const auto lead = static_cast<unsigned char>(rest[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::string_view character = rest.substr(0, size);
    at += character.size();
    if (character[0] == '\0' || character == "\uFFFE" || character == "\uFFFF") {
      character = "\uFFFD";
    }
    units += size == 4 ? 2 : 1;
    if (units > max_xlsx_text_units) return out.substr(0, kept).append(cut_note);
    if (is_escape(rest)) out += "_x005F";
    out += character;
    if (units + cut_note_units <= max_xlsx_text_units) kept = out.size();
  }
  return out;
}

XlsxCell xlsx_cell(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    if (*integer >= -max_exact_integer && *integer <= max_exact_integer) {
      return static_cast<double>(*integer);
    }
  } else if (const auto* number = std::get_if<double>(&value)) {
    if (std::isfinite(*number)) return *number;
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    if (const auto time = xlsx_time(*text)) return *time;
    return xlsx_text(*text);
  } else if (std::holds_alternative<Null>(value)) {
    return Null{};
  }
  return xlsx_text(csv_cell(value, CsvReader::for_programs));
}

}  // namespace idi::table_file
