#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "idi/core/text.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::sql {
namespace {

/// Names that say nothing about what they identify.
bool is_generic(std::string_view name) {
  static constexpr std::array<std::string_view, 14> names = {
      "id",   "code", "name", "no",    "number", "key",   "type",
      "date", "year", "rank", "index", "title",  "value", "description"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Lower case without separators: "Customer_ID" → "customerid".
std::string squeezed(std::string_view name) {
  std::string result;
  for (const char c : text::to_lower_ascii(name)) {
    if (c != '_' && c != ' ' && c != '-') result += c;
  }
  return result;
}

std::string singular(std::string word) {
  const auto ends_with = [&](std::string_view end) { return word.ends_with(end); };
  if (ends_with("ies") && word.size() > 4) return word.substr(0, word.size() - 3) + "y";
  if ((ends_with("sses") || ends_with("xes") || ends_with("ches")) && word.size() > 5) {
    return word.substr(0, word.size() - 2);
  }
  if (ends_with("s") && !ends_with("ss") && word.size() > 3) word.pop_back();
  return word;
}

bool compatible(const Column& a, const Column& b) {
  return a.type == b.type || a.type == ColumnType::other || b.type == ColumnType::other;
}

}  // namespace

std::vector<ForeignKey> infer_foreign_keys(const Schema& schema) {
  std::vector<ForeignKey> inferred;
  std::set<std::pair<int, int>> linked;  // pairs of tables, both ways
  std::set<ColumnRef> referring;
  for (const ForeignKey& key : schema.foreign_keys) {
    linked.insert({key.from.table, key.to.table});
    linked.insert({key.to.table, key.from.table});
    referring.insert(key.from);
  }
  const int tables = static_cast<int>(schema.tables.size());
  for (int child = 0; child < tables; ++child) {
    const Table& child_table = schema.tables[static_cast<std::size_t>(child)];
    for (int parent = 0; parent < tables; ++parent) {
      if (parent == child) continue;
      const Table& parent_table = schema.tables[static_cast<std::size_t>(parent)];
      const std::string owner = singular(squeezed(parent_table.name));
      for (int to = 0; to < static_cast<int>(parent_table.columns.size()); ++to) {
        const Column& target = parent_table.columns[static_cast<std::size_t>(to)];
        if (!target.primary_key) continue;
        const std::string target_name = squeezed(target.name);
        for (int from = 0; from < static_cast<int>(child_table.columns.size()); ++from) {
          const Column& source = child_table.columns[static_cast<std::size_t>(from)];
          const ColumnRef from_ref{child, from}, to_ref{parent, to};
          if (!compatible(source, target) || referring.contains(from_ref)) continue;
          const std::string source_name = squeezed(source.name);
          const bool same_name = source_name == target_name && !is_generic(target_name);
          const bool named_after_table =
              source_name != target_name &&
              (source_name == owner + target_name || (source_name == owner + "id"));
          if (!same_name && !named_after_table) continue;
          if (source.primary_key && linked.contains({parent, child})) continue;  // seen both ways
          if (!linked.insert({child, parent}).second) continue;
          linked.insert({parent, child});
          inferred.push_back({from_ref, to_ref, false});
        }
      }
    }
  }
  return inferred;
}

}  // namespace idi::sql
