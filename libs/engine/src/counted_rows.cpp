#include "counted_rows.hpp"

#include <algorithm>

#include "idi/explanation/mentions.hpp"

namespace idi::engine {

std::vector<int> tables_of(const ir::Query& query) {
  return explanation::mentions_of(query).tables;
}

bool rows_are_of(int table, const std::vector<int>& tables, const Schema& schema) {
  std::vector<int> reached{table};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const ForeignKey& key : schema.foreign_keys) {
      if (key.from.table != reached[i] || !schema.column(key.to).primary_key) continue;
      if (std::find(reached.begin(), reached.end(), key.to.table) == reached.end()) {
        reached.push_back(key.to.table);
      }
    }
  }
  return std::all_of(tables.begin(), tables.end(), [&](int other) {
    return std::find(reached.begin(), reached.end(), other) != reached.end();
  });
}

int aggregated_table(const ir::AggregateCall& call, const std::vector<int>& tables) {
  if (const auto* column = std::get_if<ColumnRef>(&call.argument->node)) return column->table;
  const auto* star = std::get_if<ir::StarOf>(&call.argument->node);
  if (!star) return -1;
  if (star->table >= 0) return star->table;
  return tables.size() == 1 ? tables.front() : -1;
}

}  // namespace idi::engine
