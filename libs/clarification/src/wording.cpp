#include "wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "idi/core/overloaded.hpp"
#include "idi/core/text.hpp"

namespace idi::clarification {
namespace {

constexpr std::size_t max_example_bytes = 40;
constexpr std::size_t max_comment_bytes = 80;

/// Bytes of the character that begins here, in valid UTF-8.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xE0) return 2;
  return first < 0xF0 ? 3 : 4;
}

/// Marks that change the direction of what follows, or are not seen at all: U+200B–200F,
/// U+2028–202E, U+2060–2069, U+FEFF; and C1 controls.
bool is_unseen(std::string_view character) {
  if (character.size() == 2) return character[0] == '\xC2' && character[1] < '\xA0';
  if (character == "\xEF\xBB\xBF") return true;
  if (character.size() != 3 || character[0] != '\xE2') return false;
  const auto second = static_cast<unsigned char>(character[1]);
  const auto third = static_cast<unsigned char>(character[2]);
  if (second == 0x80) return (third >= 0x8B && third <= 0x8F) || (third >= 0xA8 && third <= 0xAE);
  return second == 0x81 && third >= 0xA0 && third <= 0xA9;
}

bool is_blank(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character[0]);
  return byte <= 0x20 || byte == 0x7F || character == "\xC2\xA0";
}

std::string words_of(const std::string& natural, const std::string& name, std::string_view kind,
                     int number) {
  std::string words = shown(natural);
  if (words.empty()) words = shown(name);
  return words.empty() ? fmt::format("{} {}", kind, number + 1) : words;
}

std::string aggregate_words(const ir::AggregateCall& call, const Schema& schema) {
  if (call.when || call.over != ir::Over::itself) return {};
  const std::string inside = measure_words(*call.argument, schema);
  if (inside.empty()) return {};
  switch (call.aggregate) {
    case ir::Aggregate::count:
      return fmt::format("the number of {}{}", call.distinct ? "different " : "", inside);
    case ir::Aggregate::sum:
      return "the sum of " + inside;
    case ir::Aggregate::avg:
      return "the average " + inside;
    case ir::Aggregate::min:
      return "the smallest " + inside;
    case ir::Aggregate::max:
      break;
  }
  return "the largest " + inside;
}

std::string function_words(const ir::FunctionCall& call, const Schema& schema) {
  constexpr std::array<std::string_view, 8> parts{"year",    "month", "month",   "day",
                                                  "quarter", "week",  "weekday", "date"};
  const std::string inside = measure_words(*call.argument, schema);
  if (inside.empty()) return {};
  return fmt::format("the {} of {}", parts.at(static_cast<std::size_t>(call.function)), inside);
}

std::string binary_words(const ir::Binary& binary, const Schema& schema) {
  constexpr std::array<std::string_view, 4> words{"plus", "minus", "times", "divided by"};
  const std::string left = measure_words(*binary.left, schema);
  const std::string right = measure_words(*binary.right, schema);
  if (left.empty() || right.empty()) return {};
  return fmt::format("{} {} {}", left, words.at(static_cast<std::size_t>(binary.op)), right);
}

}  // namespace

std::string shown(std::string_view text, std::size_t max_bytes) {
  const std::string valid = text::to_valid_utf8(text);
  std::string line;
  bool blank = false;
  for (std::size_t at = 0; at < valid.size();) {
    const std::size_t length =
        std::min(length_of(static_cast<unsigned char>(valid[at])), valid.size() - at);
    const std::string_view character(valid.data() + at, length);
    at += length;
    if (is_unseen(character)) continue;
    if (is_blank(character)) {
      blank = !line.empty();
      continue;
    }
    if (line.size() + length + 1 > max_bytes) return line + "…";
    if (blank) line += ' ';
    blank = false;
    line += character;
  }
  return line;
}

std::string table_words(const Schema& schema, int table) {
  const auto& given = schema.tables[static_cast<std::size_t>(table)];
  return words_of(given.natural_name, given.name, "table", table);
}

std::string column_words(const Schema& schema, ColumnRef column) {
  const auto& given = schema.column(column);
  return words_of(given.natural_name, given.name, "column", column.column);
}

std::string column_of_table(const Schema& schema, ColumnRef column) {
  return fmt::format("{} of the {}", column_words(schema, column),
                     table_words(schema, column.table));
}

std::string example_of(const Schema& schema, ColumnRef column) {
  const auto& given = schema.column(column);
  if (const std::string comment = shown(given.comment, max_comment_bytes); !comment.empty()) {
    return comment;
  }
  for (const auto& sample : given.sample_values) {
    if (const std::string cell = shown(sample, max_example_bytes); !cell.empty()) {
      return "for example " + cell;
    }
  }
  return {};
}

std::string measure_words(const ir::Expression& expression, const Schema& schema) {
  return std::visit(
      Overloaded{[&](const ColumnRef& column) { return column_words(schema, column); },
                 [&](const ir::StarOf& star) {
                   return star.table < 0 ? std::string("rows") : table_words(schema, star.table);
                 },
                 [&](const ir::AggregateCall& call) { return aggregate_words(call, schema); },
                 [&](const ir::FunctionCall& call) { return function_words(call, schema); },
                 [&](const ir::Binary& binary) { return binary_words(binary, schema); },
                 [](const ir::Literal& value) { return shown(value.text, max_example_bytes); },
                 [](const ir::RowsOf&) { return std::string(); }},
      expression.node);
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace idi::clarification
