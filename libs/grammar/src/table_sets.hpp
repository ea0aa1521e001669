// Which tables can stand in one FROM: the connected sets of the join graph, up to a size, and what
// can still become one.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "scope_tables.hpp"

namespace idi::grammar {

/// Sorted table numbers.
using Tables = std::vector<int>;

[[nodiscard]] Tables with_table(Tables tables, int table);
[[nodiscard]] Tables without_table(Tables tables, int table);
[[nodiscard]] bool contains(const Tables& tables, int table);

class TableSets {
 public:
  /// nullopt if more than `max_sets` sets are feasible.
  static std::optional<TableSets> make(const ScopeTables& scope, int max_joined, bool siblings,
                                       bool unlinked, std::size_t max_sets);

  /// Whether some connected set of at most `limit` tables holds all of these.
  [[nodiscard]] bool feasible(const Tables& tables, int limit) const;
  [[nodiscard]] const std::vector<int>& neighbours(int table) const {
    return neighbours_[static_cast<std::size_t>(table)];
  }
  /// Connected sets of at most `limit` tables with this one.
  [[nodiscard]] std::vector<Tables> connected_with(int table, int limit) const;
  /// Neighbours of any of them, themselves not.
  [[nodiscard]] Tables around(const Tables& tables) const;
  [[nodiscard]] int count() const { return static_cast<int>(neighbours_.size()); }

 private:
  std::vector<std::vector<int>> neighbours_;
  std::map<Tables, int> least_;  // the size of the smallest connected set around them
};

}  // namespace idi::grammar
