#include "table_sets.hpp"

#include <algorithm>
#include <set>

namespace idi::grammar {

Tables with_table(Tables tables, int table) {
  const auto at = std::lower_bound(tables.begin(), tables.end(), table);
  if (at == tables.end() || *at != table) tables.insert(at, table);
  return tables;
}

Tables without_table(Tables tables, int table) {
  std::erase(tables, table);
  return tables;
}

bool contains(const Tables& tables, int table) {
  return std::binary_search(tables.begin(), tables.end(), table);
}

bool TableSets::feasible(const Tables& tables, int limit) const {
  const auto least = least_.find(tables);
  return least != least_.end() && least->second <= limit;
}

std::vector<Tables> TableSets::connected_with(int table, int limit) const {
  std::vector<Tables> result;
  for (const auto& [tables, least] : least_) {
    const bool connected = least == static_cast<int>(tables.size());
    if (connected && least <= limit && contains(tables, table)) result.push_back(tables);
  }
  return result;
}

Tables TableSets::around(const Tables& tables) const {
  Tables result;
  for (const int table : tables) {
    for (const int next : neighbours(table)) {
      if (!contains(tables, next)) result = with_table(std::move(result), next);
    }
  }
  return result;
}

std::optional<TableSets> TableSets::make(const ScopeTables& scope, int max_joined, bool siblings,
                                         bool unlinked, std::size_t max_sets) {
  TableSets sets;
  sets.neighbours_.resize(scope.tables.size());
  const auto link = [&sets](std::pair<int, int> pair) {
    const auto add = [&](int from, int to) {
      auto& next = sets.neighbours_[static_cast<std::size_t>(from)];
      next = with_table(std::move(next), to);
    };
    add(pair.first, pair.second);
    add(pair.second, pair.first);
  };
  for (const auto& [pair, keys] : scope.keys) link(pair);
  if (siblings) {
    for (const auto& [pair, keys] : scope.sibling_keys) link(pair);
  }
  if (unlinked) {
    for (const auto& pair : scope.unlinked) link(pair);
  }

  std::set<Tables> connected;
  std::vector<Tables> grown;
  for (int table = 0; table < sets.count(); ++table) grown.push_back({table});
  for (int size = 1; size <= max_joined && !grown.empty(); ++size) {
    std::set<Tables> next;
    for (const Tables& tables : grown) {
      connected.insert(tables);
      if (size == max_joined) continue;
      for (const int table : sets.around(tables)) {
        next.insert(with_table(tables, table));
        if (connected.size() + next.size() > max_sets) return std::nullopt;
      }
    }
    grown.assign(next.begin(), next.end());
  }
  for (const Tables& tables : connected) {
    for (unsigned mask = 1; mask < (1U << tables.size()); ++mask) {
      Tables part;
      for (std::size_t i = 0; i < tables.size(); ++i) {
        if ((mask >> i & 1U) != 0) part.push_back(tables[i]);
      }
      const int size = static_cast<int>(tables.size());
      const auto [at, added] = sets.least_.emplace(std::move(part), size);
      at->second = std::min(at->second, size);
      if (sets.least_.size() > max_sets) return std::nullopt;
    }
  }
  return sets;
}

}  // namespace idi::grammar
