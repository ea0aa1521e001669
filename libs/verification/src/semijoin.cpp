#include "semijoin.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "ir_trees.hpp"

namespace idi::verification {
namespace {

bool holds(const std::vector<int>& tables, int table) {
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

/// Tables that hang on the kept ones by one join.
struct Branch {
  ColumnRef kept, moved;  ///< The columns of that join.
  std::vector<int> tables;
  std::vector<ir::JoinHint> joins;  ///< Among its tables.
  std::vector<ir::ConditionPtr> conditions;
};

std::optional<std::vector<Branch>> branches_of(const JoinShape& shape,
                                               const std::vector<int>& kept) {
  std::vector<Branch> branches;
  for (const auto& edge : shape.edges()) {
    if (holds(kept, edge.a) == holds(kept, edge.b)) continue;
    if (edge.conditions.size() != 1) return std::nullopt;
    const auto& join = edge.conditions.front();
    const bool left_is_kept = holds(kept, edge.a);
    Branch branch;
    branch.kept = left_is_kept ? join.left : join.right;
    branch.moved = left_is_kept ? join.right : join.left;
    branch.tables = {branch.moved.table};
    branches.push_back(std::move(branch));
  }
  for (Branch& branch : branches) {
    for (std::size_t next = 0; next < branch.tables.size(); ++next) {
      for (const auto& edge : shape.edges()) {
        const int here = branch.tables[next];
        if (edge.a != here && edge.b != here) continue;
        const int other = edge.a == here ? edge.b : edge.a;
        if (holds(kept, other) || holds(branch.tables, other)) continue;
        branch.tables.push_back(other);
        branch.joins.insert(branch.joins.end(), edge.conditions.begin(), edge.conditions.end());
      }
    }
  }
  return branches;
}

ir::ConditionPtr is_in(const Branch& branch) {
  ir::Query rows;
  rows.select.push_back(make_expression(branch.moved));
  rows.extra_tables = branch.tables;
  rows.join_hints = branch.joins;
  rows.where = all_of(branch.conditions);
  ir::Predicate predicate;
  predicate.op = ir::Comparison::in;
  predicate.left = make_expression(branch.kept);
  predicate.operands.emplace_back(std::make_shared<const ir::Query>(std::move(rows)));
  return make_condition(std::move(predicate));
}

}  // namespace

std::optional<ir::Query> without_repeats(const ir::Query& core, int table, const JoinShape& shape) {
  const auto kept = shape.reached_once(table);
  for (const int shown : shown_tables(core)) {
    if (!holds(kept, shown)) return std::nullopt;
  }
  auto branches = branches_of(shape, kept);
  if (!branches || branches->empty()) return std::nullopt;
  std::vector<ir::ConditionPtr> conditions;
  for (auto& condition : conjuncts(core.where)) {
    const auto tables = tables_of(*condition);
    const auto all_in = [&](const std::vector<int>& set) {
      return std::all_of(tables.begin(), tables.end(), [&](int each) { return holds(set, each); });
    };
    if (all_in(kept)) {
      conditions.push_back(std::move(condition));
      continue;
    }
    const auto branch = std::find_if(branches->begin(), branches->end(),
                                     [&](const Branch& each) { return all_in(each.tables); });
    if (branch == branches->end()) return std::nullopt;
    branch->conditions.push_back(std::move(condition));
  }
  for (const Branch& branch : *branches) conditions.push_back(is_in(branch));
  ir::Query query = core;
  query.where = all_of(std::move(conditions));
  query.extra_tables = kept;
  query.join_hints.clear();
  for (const auto& edge : shape.edges()) {
    if (!holds(kept, edge.a) || !holds(kept, edge.b)) continue;
    query.join_hints.insert(query.join_hints.end(), edge.conditions.begin(), edge.conditions.end());
  }
  return query;
}

}  // namespace idi::verification
