#include "item_ids.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::clarification {
namespace {

constexpr std::size_t max_name_bytes = 100;
constexpr std::size_t max_id_bytes = 250;
/// What ids are put together with.
constexpr std::string_view joints = "\\.+:=,()~*";

bool is_plain(std::string_view name) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  };
  return !name.empty() && name.size() <= max_name_bytes && text::is_valid_utf8(name) &&
         std::none_of(name.begin(), name.end(), is_control);
}

/// Like text::split, but not at an escaped separator.
std::vector<std::string> split_ids(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  bool escaped = false;
  for (const char c : text) {
    if (c == separator && !escaped) {
      parts.emplace_back();
      continue;
    }
    escaped = c == '\\' && !escaped;
    parts.back() += c;
  }
  return parts;
}

}  // namespace

std::string hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return fmt::format("{:016x}", hash);
}

std::string short_id(std::string text) {
  if (text.size() <= max_id_bytes) return text;
  return '~' + hash_of(text);
}

std::string name_id(std::string_view name) {
  if (!is_plain(name)) return '~' + hash_of(name);
  std::string id;
  for (const char c : name) {
    if (joints.find(c) != std::string_view::npos) id += '\\';
    id += c;
  }
  return id;
}

std::string table_id(const Schema& schema, int table) {
  return name_id(schema.tables[static_cast<std::size_t>(table)].name);
}

std::string column_id(const Schema& schema, ColumnRef column) {
  return table_id(schema, column.table) + '.' + name_id(schema.column(column).name);
}

std::string tables_id(const Schema& schema, const std::vector<int>& tables) {
  std::vector<std::string> ids;
  for (const int table : tables) ids.push_back(table_id(schema, table));
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return text::join(ids, "+");
}

std::optional<std::vector<int>> tables_of_id(const Schema& schema, std::string_view id) {
  std::vector<int> tables;
  for (const auto& part : split_ids(id, '+')) {
    int found = -1;
    for (int table = 0; table < static_cast<int>(schema.tables.size()); ++table) {
      if (table_id(schema, table) == part) found = table;
    }
    if (found < 0) return std::nullopt;
    tables.push_back(found);
  }
  std::sort(tables.begin(), tables.end());
  return tables;
}

}  // namespace idi::clarification
