#include "joins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "idi/core/text.hpp"
#include "idi/sql/join_planner.hpp"
#include "item_ids.hpp"
#include "shape.hpp"
#include "wording.hpp"

namespace idi::clarification {
namespace {

bool refers(const Schema& schema, ColumnRef from, ColumnRef to) {
  return std::any_of(schema.foreign_keys.begin(), schema.foreign_keys.end(),
                     [&](const auto& key) { return key.from == from && key.to == to; });
}

/// "billing address id" → "billing address"
std::string without_key_word(std::string words) {
  for (const std::string_view end : {" id", " key", " no", " code"}) {
    if (words.ends_with(end)) return words.substr(0, words.size() - end.size());
  }
  return words;
}

}  // namespace

std::optional<Connection> connection_of(const ir::Query& query, const Schema& schema) {
  std::set<int> mentioned;
  for (const int table : core_tables(query, schema)) mentioned.insert(table);
  mentioned.insert(query.extra_tables.begin(), query.extra_tables.end());
  for (const auto& hint : query.join_hints) {
    mentioned.insert(hint.left.table);
    mentioned.insert(hint.right.table);
  }
  if (mentioned.size() < 2) return std::nullopt;
  const auto plan =
      sql::JoinPlanner(schema).plan({mentioned.begin(), mentioned.end()}, query.join_hints);
  if (!plan) return std::nullopt;
  Connection connection;
  connection.tables = plan->tables();
  std::sort(connection.tables.begin(), connection.tables.end());
  std::vector<std::string> conditions;
  for (const auto& step : plan->steps) {
    for (const auto& [left, right] : step.conditions) {
      std::string one = column_id(schema, left);
      std::string two = column_id(schema, right);
      if (two < one) std::swap(one, two);
      conditions.push_back(one + '=' + two);
      const bool from_left = refers(schema, left, right);
      connection.columns.push_back(from_left ? left : right);
      connection.columns.push_back(from_left ? right : left);
    }
  }
  std::sort(conditions.begin(), conditions.end());
  connection.id = short_id(text::join(conditions, ","));
  return connection;
}

std::string connection_words(const Connection& connection, const Connection& other,
                             const Schema& schema) {
  std::vector<std::string> words;
  for (const int table : connection.tables) {
    if (std::find(other.tables.begin(), other.tables.end(), table) == other.tables.end()) {
      words.push_back("the " + table_words(schema, table));
    }
  }
  if (!words.empty()) return "through " + listed(words);
  for (const auto column : connection.columns) {
    if (std::find(other.columns.begin(), other.columns.end(), column) == other.columns.end()) {
      return fmt::format("by the {} of the {}", without_key_word(column_words(schema, column)),
                         table_words(schema, column.table));
    }
  }
  return other.tables.size() > connection.tables.size() ? "directly" : "";
}

}  // namespace idi::clarification
