#include "idi/core/schema.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_byte(char c) {
  return is_upper(c) || is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// A new word starts at text[i]: after a separator, at "aB", at the last capital of "HTTPServer"
/// and between letters and digits.
bool starts_word(std::string_view text, std::size_t i) {
  const char previous = text[i - 1];
  const char current = text[i];
  if (is_lower(previous) && is_upper(current)) return true;
  if (is_upper(previous) && is_upper(current) && i + 1 < text.size() && is_lower(text[i + 1])) {
    // "HTTPServer" splits before "Server", but plurals of acronyms ("IDs") stay together.
    const bool plural_of_acronym = text[i + 1] == 's' && (i + 2 == text.size());
    return !plural_of_acronym;
  }
  return is_digit(previous) != is_digit(current);
}

}  // namespace

const Column& Schema::column(ColumnRef ref) const {
  IDI_ASSERT(ref.table >= 0 && ref.table < static_cast<int>(tables.size()));
  const auto& columns = tables[static_cast<std::size_t>(ref.table)].columns;
  IDI_ASSERT(ref.column >= 0 && ref.column < static_cast<int>(columns.size()));
  return columns[static_cast<std::size_t>(ref.column)];
}

const Table& Schema::table_of(ColumnRef ref) const {
  IDI_ASSERT(ref.table >= 0 && ref.table < static_cast<int>(tables.size()));
  return tables[static_cast<std::size_t>(ref.table)];
}

int Schema::column_count() const {
  int count = 0;
  for (const Table& table : tables) count += static_cast<int>(table.columns.size());
  return count;
}

int Schema::flat_index(ColumnRef ref) const {
  IDI_ASSERT(ref.table >= 0 && ref.table < static_cast<int>(tables.size()));
  int index = ref.column;
  for (int t = 0; t < ref.table; ++t) {
    index += static_cast<int>(tables[static_cast<std::size_t>(t)].columns.size());
  }
  return index;
}

ColumnRef Schema::from_flat_index(int index) const {
  IDI_ASSERT(index >= 0);
  for (int t = 0; t < static_cast<int>(tables.size()); ++t) {
    const int count = static_cast<int>(tables[static_cast<std::size_t>(t)].columns.size());
    if (index < count) return {t, index};
    index -= count;
  }
  IDI_ASSERT(!"flat column index out of range");
}

std::optional<int> Schema::find_table(std::string_view table_name) const {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (text::equals_ignoring_ascii_case(tables[t].name, table_name)) return static_cast<int>(t);
  }
  return std::nullopt;
}

std::optional<int> Schema::find_column(int table, std::string_view column_name) const {
  IDI_ASSERT(table >= 0 && table < static_cast<int>(tables.size()));
  const auto& columns = tables[static_cast<std::size_t>(table)].columns;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (text::equals_ignoring_ascii_case(columns[c].name, column_name)) return static_cast<int>(c);
  }
  return std::nullopt;
}

std::string natural_name_of(std::string_view identifier) {
  std::string words;
  bool in_word = false;
  for (std::size_t i = 0; i < identifier.size(); ++i) {
    const char c = identifier[i];
    if (!is_word_byte(c)) {
      in_word = false;
      continue;
    }
    if (!in_word || starts_word(identifier, i)) {
      if (!words.empty()) words += ' ';
      in_word = true;
    }
    words += c;
  }
  return text::fold_case(words);
}

ColumnType column_type_of(std::string_view declared_type) {
  const std::string lower = text::to_lower_ascii(declared_type);
  const auto contains = [&lower](std::string_view part) {
    return lower.find(part) != std::string::npos;
  };
  const auto any = [&contains](auto... parts) { return (contains(parts) || ...); };
  if (any("bool", "bit(1)")) return ColumnType::boolean;
  if (any("date", "time", "year", "interval")) return ColumnType::time;
  if (any("char", "text", "clob", "string", "enum", "uuid", "json", "xml")) return ColumnType::text;
  if (any("int", "real", "floa", "doub", "num", "dec", "money", "serial", "bit")) {
    return ColumnType::number;
  }
  return ColumnType::other;
}

std::string_view column_type_name(ColumnType type) noexcept {
  switch (type) {
    case ColumnType::text:
      return "text";
    case ColumnType::number:
      return "number";
    case ColumnType::time:
      return "time";
    case ColumnType::boolean:
      return "boolean";
    case ColumnType::other:
      return "other";
  }
  return "other";
}

}  // namespace idi
