// FROM and JOIN from the tables that a query mentions: a minimal connecting (Steiner) tree over the
// foreign keys. Pure functions of the schema; the same input gives the same plan.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::sql {

/// `left` is of a table before, `right` of the table that is joined.
struct JoinStep {
  int table = -1;
  std::vector<ir::JoinHint> conditions;  ///< All must hold; left before right in the FROM clause.
};
struct JoinPlan {
  int first_table = -1;
  std::vector<JoinStep> steps;

  [[nodiscard]] std::vector<int> tables() const;
};

/// Joins over one schema. Keeps a reference to it.
class JoinPlanner {
 public:
  /// Schemas with more tables than this are refused by plan() with limit_exceeded.
  static constexpr int max_tables = 20'000;
  /// More terminals than this are connected by a heuristic (shortest paths), fewer exactly.
  static constexpr int max_exact_terminals = 5;

  explicit JoinPlanner(const Schema& schema);

  /// The cheapest tree that contains all of `tables`. A hint forces its two tables to be joined by
  /// it, whatever the keys say. Where several keys link two tables, a declared one counts, and of
  /// these the one whose columns are named alike, then the one that stands first in its table. Two
  /// columns that refer to the same parent link their tables too, if the parent is not needed.
  /// REQUIRES: tables is not empty; all indices exist.
  /// Errors: unanswerable if no path of keys connects them.
  [[nodiscard]] Result<JoinPlan> plan(const std::vector<int>& tables,
                                      const std::vector<ir::JoinHint>& hints) const;

 private:
  struct Edge {
    int to = -1;
    int cost = 0;
    int key = -1;  // index into keys_
  };
  struct Link {
    ColumnRef from, to;
  };
  void add_link(ColumnRef from, ColumnRef to, int cost);
  using Graph = std::vector<std::vector<Edge>>;
  using Tree = std::vector<std::pair<int, int>>;
  [[nodiscard]] std::optional<Tree> connect(const std::vector<int>& terminals,
                                            const Graph& graph) const;
  [[nodiscard]] JoinPlan arrange(int first, const Tree& tree,
                                 const std::vector<ir::JoinHint>& hints) const;
  [[nodiscard]] ir::JoinHint key_between(int before, int joined) const;

  const Schema& schema_;
  std::vector<Link> keys_;
  Graph graph_;
};

/// Keys that the names suggest and the schema does not declare: a column named like the primary
/// key of another table ("customer_id" ↔ customer.customer_id), or like the table and its key
/// ("customer_id" ↔ customer.id). All are marked `declared = false`.
[[nodiscard]] std::vector<ForeignKey> infer_foreign_keys(const Schema& schema);

}  // namespace idi::sql
