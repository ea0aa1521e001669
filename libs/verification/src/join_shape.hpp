// How the joined tables of one core stand to each other: which joins repeat rows of which table,
// and which columns follow from which. By the keys of the schema, not by the rows.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::verification {

/// In the order of the table; empty: none is known.
[[nodiscard]] std::vector<ColumnRef> primary_key_of(const Schema& schema, int table);

/// Keeps a reference to the schema.
class JoinShape {
 public:
  /// nullopt: the core has no plan, or no table.
  [[nodiscard]] static std::optional<JoinShape> of(const ir::Query& core, const Schema& schema,
                                                   const sql::JoinPlanner& planner);

  struct Edge {
    int a = -1, b = -1;
    std::vector<ir::JoinHint> conditions;  ///< left of a, right of b.
    bool a_is_one = false;                 ///< At most one row of a for a row of b.
    bool b_is_one = false;
  };
  [[nodiscard]] const std::vector<int>& tables() const { return tables_; }
  [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }
  /// Whether a row of the table can come several times.
  [[nodiscard]] bool multiplies(int table) const;
  /// The first tables that repeat its rows, in the order of the joins.
  [[nodiscard]] std::vector<int> multipliers(int table) const;
  /// The tables of which each row of this one has at most one; itself first.
  [[nodiscard]] std::vector<int> reached_once(int table) const;
  /// Of `among`, the table of which every row of the others comes at most once per row; -1: none.
  [[nodiscard]] int finest(const std::vector<int>& among) const;
  /// The columns that have one value only where all of `known` do.
  [[nodiscard]] std::set<ColumnRef> determined(std::set<ColumnRef> known) const;

 private:
  JoinShape(const Schema& schema, const sql::JoinPlan& plan);

  const Schema* schema_;
  std::vector<int> tables_;
  std::vector<Edge> edges_;
};

}  // namespace idi::verification
