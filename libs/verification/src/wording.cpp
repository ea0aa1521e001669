#include "wording.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>

#include "idi/core/text.hpp"
#include "idi/explanation/nouns.hpp"
#include "idi/explanation/phrases.hpp"
#include "idi/temporal/phrases.hpp"
#include "ir_trees.hpp"

namespace idi::verification {
namespace {

constexpr int max_shown_letters = 40;
constexpr std::size_t max_offered_bytes = 60;
constexpr std::size_t max_listed = 3;

bool is_control(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte < 0x20 || byte == 0x7F) return true;
  // C1 controls, and what turns the direction of a line: they would change the text around.
  if (byte == 0xC2 && i + 1 < text.size()) return static_cast<unsigned char>(text[i + 1]) < 0xA0;
  if (byte == 0xE2 && i + 2 < text.size()) {
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const auto third = static_cast<unsigned char>(text[i + 2]);
    return (second == 0x80 && (third >= 0x8B && third <= 0x8F)) ||
           (second == 0x80 && third >= 0xA8 && third <= 0xAE) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
  }
  return false;
}

std::size_t length_at(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  return byte < 0x80 ? 1U : byte < 0xE0 ? 2U : byte < 0xF0 ? 3U : 4U;
}

/// On one line, without blanks around, at most so many letters.
std::string plain(std::string_view raw, int max_letters) {
  const std::string valid = text::to_valid_utf8(raw.substr(0, 1'000));
  std::string line;
  int letters = 0;
  bool blank = false, cut = raw.size() > 1'000;
  for (std::size_t i = 0; i < valid.size();) {
    const std::size_t length = length_at(valid, i);
    if (is_control(valid, i) || valid[i] == ' ') {
      blank = !line.empty();
    } else if (letters >= max_letters) {
      cut = true;
      break;
    } else {
      if (blank) line += ' ';
      blank = false;
      line += valid.substr(i, length);
      ++letters;
    }
    i += length;
  }
  return cut ? line + "…" : line;
}

/// Years and other short numbers are written without.
std::string with_commas(std::string digits) {
  constexpr std::size_t max_short = 4;
  if (digits.size() <= max_short) return digits;
  for (auto i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

}  // namespace

std::string in_quotes(std::string_view cell) { return "“" + plain(cell, max_shown_letters) + "”"; }

std::string quoted_list(const std::vector<std::string>& cells, std::string_view last) {
  std::vector<std::string> parts;
  for (const auto& cell : cells) {
    if (parts.size() == max_listed) break;
    parts.push_back(in_quotes(cell));
  }
  return explanation::listed(parts, last);
}

bool can_be_offered(std::string_view cell) {
  if (cell.empty() || cell.size() > max_offered_bytes || !text::is_valid_utf8(cell)) return false;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (is_control(cell, i) || cell[i] == '"') return false;
  }
  return text::trim(cell) == cell;
}

std::string in_words(std::int64_t number) {
  const std::string digits = std::to_string(number);
  return number < 0 ? "-" + with_commas(digits.substr(1)) : with_commas(digits);
}

std::string in_words(const Value& value) {
  if (std::holds_alternative<Null>(value)) return "empty";
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return in_words(*whole);
  if (const auto* real = std::get_if<double>(&value)) {
    constexpr double largest_exact = 9e15;
    if (!(std::fabs(*real) < largest_exact)) return to_display(value);
    std::string digits = fmt::format("{:.2f}", std::fabs(*real));
    const auto point = digits.find('.');
    std::string fraction = digits.substr(point);
    while (fraction.ends_with('0')) fraction.pop_back();
    if (fraction == ".") fraction.clear();
    return (*real < 0 ? "-" : "") + with_commas(digits.substr(0, point)) + fraction;
  }
  if (const auto* words = std::get_if<std::string>(&value)) return in_quotes(*words);
  return to_display(value);
}

std::optional<std::string> day_in_words(const Value& value) {
  constexpr std::size_t day_size = 10;
  const auto* iso = std::get_if<std::string>(&value);
  if (iso == nullptr || iso->size() < day_size) return std::nullopt;
  const std::string day = iso->substr(0, day_size);
  if (!temporal::day_span(day)) return std::nullopt;
  return temporal::in_words(day);
}

std::string one_row_of(const Schema& schema, int table) {
  const auto& name = schema.tables[static_cast<std::size_t>(table)].natural_name;
  return explanation::singular_of(plain(name, max_shown_letters));
}

std::string rows_of(const Schema& schema, int table) {
  const auto& name = schema.tables[static_cast<std::size_t>(table)].natural_name;
  return explanation::plural_of(plain(name, max_shown_letters));
}

std::string name_of(const Schema& schema, ColumnRef column) {
  return plain(schema.column(column).natural_name, max_shown_letters);
}

std::string count_of(const Schema& schema, int table, std::int64_t number) {
  return in_words(number) + " " +
         (number == 1 ? one_row_of(schema, table) : rows_of(schema, table));
}

std::string name_of(const Schema& schema, const ir::Expression& expression) {
  std::vector<std::string> names;
  for (const ColumnRef column : columns_of(expression)) names.push_back(name_of(schema, column));
  return explanation::listed(names);
}

std::string capitalised(std::string text) {
  if (!text.empty()) {
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  }
  return text;
}

}  // namespace idi::verification
