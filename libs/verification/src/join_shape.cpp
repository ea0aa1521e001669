#include "join_shape.hpp"

#include <algorithm>

#include "ir_trees.hpp"

namespace idi::verification {
namespace {

bool holds(const std::vector<int>& tables, int table) {
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

/// One row at most for a value: the whole primary key, or what a foreign key refers to.
bool is_unique(const Schema& schema, ColumnRef column) {
  const auto key = primary_key_of(schema, column.table);
  if (key.size() == 1 && key.front() == column) return true;
  return std::any_of(schema.foreign_keys.begin(), schema.foreign_keys.end(),
                     [&](const ForeignKey& foreign) {
                       return foreign.to == column && foreign.declared && key.empty();
                     });
}

}  // namespace

std::vector<ColumnRef> primary_key_of(const Schema& schema, int table) {
  std::vector<ColumnRef> key;
  const auto& columns = schema.tables[static_cast<std::size_t>(table)].columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].primary_key) key.push_back({table, static_cast<int>(i)});
  }
  return key;
}

std::optional<JoinShape> JoinShape::of(const ir::Query& core, const Schema& schema,
                                       const sql::JoinPlanner& planner) {
  const auto mentioned = mentioned_tables(core);
  const auto is_known = [&](int table) { return table < static_cast<int>(schema.tables.size()); };
  if (mentioned.empty() || !std::all_of(mentioned.begin(), mentioned.end(), is_known)) {
    return std::nullopt;
  }
  const auto plan = planner.plan(mentioned, core.join_hints);
  if (!plan) return std::nullopt;
  return JoinShape(schema, *plan);
}

JoinShape::JoinShape(const Schema& schema, const sql::JoinPlan& plan)
    : schema_(&schema), tables_(plan.tables()) {
  for (const auto& step : plan.steps) {
    // Conditions with tables further up (hints) only narrow the join; the first is the edge.
    Edge edge;
    edge.a = step.conditions.front().left.table;
    edge.b = step.table;
    for (const auto& condition : step.conditions) {
      if (condition.left.table != edge.a) continue;
      edge.conditions.push_back(condition);
      edge.a_is_one = edge.a_is_one || is_unique(schema, condition.left);
      edge.b_is_one = edge.b_is_one || is_unique(schema, condition.right);
    }
    edges_.push_back(std::move(edge));
  }
}

std::vector<int> JoinShape::reached_once(int table) const {
  std::vector<int> reached{table};
  for (std::size_t next = 0; next < reached.size(); ++next) {
    for (const Edge& edge : edges_) {
      if (edge.a == reached[next] && edge.b_is_one && !holds(reached, edge.b)) {
        reached.push_back(edge.b);
      }
      if (edge.b == reached[next] && edge.a_is_one && !holds(reached, edge.a)) {
        reached.push_back(edge.a);
      }
    }
  }
  return reached;
}

bool JoinShape::multiplies(int table) const { return reached_once(table).size() < tables_.size(); }

std::vector<int> JoinShape::multipliers(int table) const {
  const auto reached = reached_once(table);
  std::vector<int> found;
  for (const Edge& edge : edges_) {
    if (holds(reached, edge.a) && !holds(reached, edge.b)) found.push_back(edge.b);
    if (holds(reached, edge.b) && !holds(reached, edge.a)) found.push_back(edge.a);
  }
  return found;
}

int JoinShape::finest(const std::vector<int>& among) const {
  for (const int table : among) {
    const auto reached = reached_once(table);
    if (std::all_of(among.begin(), among.end(), [&](int other) { return holds(reached, other); })) {
      return table;
    }
  }
  return -1;
}

std::set<ColumnRef> JoinShape::determined(std::set<ColumnRef> known) const {
  for (bool grew = true; grew;) {
    const std::size_t before = known.size();
    for (const Edge& edge : edges_) {
      for (const auto& condition : edge.conditions) {
        if (known.contains(condition.left)) known.insert(condition.right);
        if (known.contains(condition.right)) known.insert(condition.left);
      }
    }
    for (const int table : tables_) {
      const auto key = primary_key_of(*schema_, table);
      if (key.empty()) continue;
      if (!std::all_of(key.begin(), key.end(), [&](ColumnRef c) { return known.contains(c); })) {
        continue;
      }
      const auto& columns = schema_->tables[static_cast<std::size_t>(table)].columns;
      for (std::size_t i = 0; i < columns.size(); ++i) known.insert({table, static_cast<int>(i)});
    }
    grew = known.size() > before;
  }
  return known;
}

}  // namespace idi::verification
