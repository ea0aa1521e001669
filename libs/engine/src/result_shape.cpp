#include "result_shape.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace idi::engine {
namespace {

/// "2023-05", "2023-05-17" and what may follow a whole date ("2023-05-17T10:00").
bool looks_like_time(std::string_view text) {
  constexpr std::string_view pattern = "dddd-dd-dd";
  const std::size_t length = std::min(text.size(), pattern.size());
  if (length != 7 && length != 10) return false;
  for (std::size_t i = 0; i < length; ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == 'd' ? !digit : text[i] != pattern[i]) return false;
  }
  return text.size() <= 10 || text[10] == ' ' || text[10] == 'T';
}

std::optional<ColumnType> type_of(const Value& value) {
  if (std::holds_alternative<Null>(value)) return std::nullopt;
  if (std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value)) {
    return ColumnType::number;
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return looks_like_time(*text) ? ColumnType::time : ColumnType::text;
  }
  return ColumnType::other;
}

}  // namespace

std::vector<ColumnType> shape_of(const ResultTable& table) {
  std::vector<ColumnType> shape;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::optional<ColumnType> common;
    for (const Row& row : table.rows) {
      const auto type = type_of(row[c]);
      if (!type || common == type) continue;
      if (!common) {
        common = type;
      } else if ((*common == ColumnType::text && *type == ColumnType::time) ||
                 (*common == ColumnType::time && *type == ColumnType::text)) {
        common = ColumnType::text;
      } else {
        common = ColumnType::other;
        break;
      }
    }
    shape.push_back(common.value_or(ColumnType::other));
  }
  return shape;
}

}  // namespace idi::engine
