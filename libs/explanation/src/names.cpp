#include "names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/core/text.hpp"
#include "idi/explanation/nouns.hpp"

namespace idi::explanation {
namespace {

constexpr std::size_t max_name_characters = 60;

/// Of a schema from elsewhere the natural name may be missing.
std::string natural(const std::string& natural_name, const std::string& name) {
  std::string words = on_one_line(natural_name, max_name_characters);
  if (words.empty()) words = on_one_line(natural_name_of(name), max_name_characters);
  if (words.empty()) words = on_one_line(name, max_name_characters);
  return words.empty() ? "unnamed" : words;
}
std::string natural(const Table& table) { return natural(table.natural_name, table.name); }
std::string natural(const Column& column) { return natural(column.natural_name, column.name); }

bool is_shared(const Schema& schema, const Table& table, const std::string& one) {
  return std::any_of(schema.tables.begin(), schema.tables.end(), [&](const Table& other) {
    return &other != &table && singular_of(natural(other)) == one;
  });
}

}  // namespace

std::string on_one_line(std::string_view text, std::size_t max_characters) {
  std::string out;
  std::size_t characters = 0;
  const std::string valid = text::to_valid_utf8(text);
  for (const char c : valid) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
    if (blank && (out.empty() || out.back() == ' ')) continue;
    if (begins && ++characters > max_characters) return out + "…";
    out += blank ? ' ' : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string with_article(const std::string& noun) {
  static constexpr std::string_view sounds_like_you[] = {"uni", "use", "usa", "eu", "one"};
  const bool you = std::any_of(std::begin(sounds_like_you), std::end(sounds_like_you),
                               [&](std::string_view start) { return noun.starts_with(start); });
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel && !you ? "an " : "a ") + noun;
}

std::string Names::one(int table) const {
  const Table& of = schema_.tables[static_cast<std::size_t>(table)];
  std::string noun = singular_of(natural(of));
  return is_shared(schema_, of, noun) ? fmt::format("{} ({})", noun, of.name) : noun;
}

std::string Names::many(int table) const {
  const Table& of = schema_.tables[static_cast<std::size_t>(table)];
  const std::string one = singular_of(natural(of));
  const std::string noun = plural_of(one);
  return is_shared(schema_, of, one) ? fmt::format("{} ({})", noun, of.name) : noun;
}

std::string Names::column(ColumnRef ref) const {
  const Column& of = schema_.column(ref);
  const std::string noun = natural(of);
  const auto& columns = schema_.table_of(ref).columns;
  const bool shared = std::any_of(columns.begin(), columns.end(), [&](const Column& other) {
    return &other != &of && natural(other) == noun;
  });
  return shared ? fmt::format("{} ({})", noun, of.name) : noun;
}

std::string Names::own_column(ColumnRef ref) const {
  const std::string noun = column(ref);
  const std::string table = singular_of(natural(schema_.table_of(ref))) + " ";
  if (!noun.starts_with(table)) return noun;
  const std::string rest = noun.substr(table.size());
  const auto& columns = schema_.table_of(ref).columns;
  const bool taken = std::any_of(columns.begin(), columns.end(),
                                 [&](const Column& other) { return natural(other) == rest; });
  return taken ? noun : rest;
}

std::string Names::quality(ColumnRef ref) const {
  if (schema_.column(ref).type != ColumnType::boolean) return {};
  const std::string noun = column(ref);
  if (noun.starts_with("is ")) return noun.substr(3);
  static constexpr std::string_view endings[] = {"ed", "able", "ible", "ive"};
  const bool fits = std::any_of(std::begin(endings), std::end(endings), [&](auto ending) {
    return noun.size() > ending.size() + 2 && noun.ends_with(ending);
  });
  return fits && noun.find(' ') == std::string::npos ? noun : std::string();
}

std::string Names::technical(ColumnRef ref) const {
  return fmt::format("{}.{}", on_one_line(schema_.table_of(ref).name, max_name_characters),
                     on_one_line(schema_.column(ref).name, max_name_characters));
}

bool Names::identifies(ColumnRef ref) const {
  if (!schema_.column(ref).primary_key) return false;
  const auto& columns = schema_.table_of(ref).columns;
  return std::count_if(columns.begin(), columns.end(),
                       [](const Column& column) { return column.primary_key; }) == 1;
}

bool Names::is_moment_of_its_table(ColumnRef ref) const {
  const auto& columns = schema_.table_of(ref).columns;
  const auto times = std::count_if(columns.begin(), columns.end(), [](const Column& column) {
    return column.type == ColumnType::time;
  });
  if (times != 1 || schema_.column(ref).type != ColumnType::time) return false;
  const auto words = text::split(natural(schema_.column(ref)), ' ');
  static constexpr std::string_view events[] = {"date", "time",   "timestamp", "day",  "datetime",
                                                "year", "placed", "created",   "sold", "purchased"};
  const std::string& first = words.front();
  if (std::find(std::begin(events), std::end(events), first) != std::end(events)) return true;
  // "ordered at" of an order, "payment date" of a payment
  const std::string table = singular_of(natural(schema_.table_of(ref)));
  const std::string noun = text::split(table, ' ').back();
  return first.starts_with(noun) && first.size() <= noun.size() + 2;
}

}  // namespace idi::explanation
