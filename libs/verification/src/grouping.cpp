#include "grouping.hpp"

#include <algorithm>
#include <set>

#include "ir_trees.hpp"
#include "join_shape.hpp"

namespace idi::verification {
namespace {

bool is_key_like(const ir::Expression& expression) {
  if (std::holds_alternative<ColumnRef>(expression.node)) return true;
  const auto* call = std::get_if<ir::FunctionCall>(&expression.node);
  return call != nullptr && std::holds_alternative<ColumnRef>(call->argument->node);
}

/// SELECT name, MAX(age): SQLite takes the name from the row of the maximum, as it documents.
bool has_a_row_of_its_own(const ir::Query& core, Dialect dialect) {
  if (dialect != Dialect::sqlite) return false;
  const auto calls = aggregates_of(core);
  return calls.size() == 1 && (calls.front()->aggregate == ir::Aggregate::min ||
                               calls.front()->aggregate == ir::Aggregate::max);
}

std::set<ColumnRef> fixed_columns(const ir::Query& core) {
  std::set<ColumnRef> fixed;
  for (const auto& condition : conjuncts(core.where)) {
    const auto* predicate = std::get_if<ir::Predicate>(&condition->node);
    if (predicate == nullptr || predicate->op != ir::Comparison::equal) continue;
    const auto* column = std::get_if<ColumnRef>(&predicate->left->node);
    if (column != nullptr && std::holds_alternative<ir::Literal>(predicate->operands.front())) {
      fixed.insert(*column);
    }
  }
  return fixed;
}

}  // namespace

std::vector<ir::ExpressionPtr> loose_items(const ir::Query& core, const Schema& schema,
                                           const sql::JoinPlanner& planner) {
  if (counts_a_query(core) || (core.group_by.empty() && aggregates_of(core).empty())) return {};
  if (has_a_row_of_its_own(core, schema.dialect)) return {};
  std::vector<ir::ExpressionPtr> plain;
  for (const auto& item : core.select) {
    if (std::holds_alternative<ir::StarOf>(item->node)) return {};
    if (is_key_like(*item)) plain.push_back(item);
  }
  const auto shape = plain.empty() ? std::nullopt : JoinShape::of(core, schema, planner);
  if (!shape) return {};
  std::set<ColumnRef> known = fixed_columns(core);
  for (const auto& key : core.group_by) {
    if (const auto* column = std::get_if<ColumnRef>(&key->node)) known.insert(*column);
  }
  known = shape->determined(std::move(known));
  std::erase_if(plain, [&](const ir::ExpressionPtr& item) {
    const auto columns = columns_of(*item);
    const bool follows = std::all_of(columns.begin(), columns.end(),
                                     [&](ColumnRef column) { return known.contains(column); });
    return follows || std::any_of(core.group_by.begin(), core.group_by.end(),
                                  [&](const auto& key) { return same(*key, *item); });
  });
  return plain;
}

}  // namespace idi::verification
