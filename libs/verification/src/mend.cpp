// What the tree alone shows to be wrong, put right before it runs.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "grouping.hpp"
#include "idi/explanation/phrases.hpp"
#include "idi/sql/join_planner.hpp"
#include "idi/verification/verifier.hpp"
#include "ir_trees.hpp"
#include "join_shape.hpp"
#include "mend_types.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

class GroupMender {
 public:
  GroupMender(const Schema& schema, std::vector<Finding>& findings)
      : schema_(schema), planner_(schema), findings_(findings) {}

  /// nullopt: nothing was to be mended.
  std::optional<ir::Query> mend(const ir::Query& core) {
    const auto loose = loose_items(core, schema_, planner_);
    std::vector<ir::ExpressionPtr> added;
    for (const auto& item : loose) {
      if (must_be_grouped(core, *item)) added.push_back(item);
    }
    if (added.empty()) return std::nullopt;
    ir::Query mended = core;
    std::vector<std::string> names;
    for (const auto& item : added) {
      names.push_back(name_of(schema_, *item));
      mended.group_by.push_back(item);
    }
    findings_.push_back(
        {FindingKind::ungrouped_column,
         true,
         core.group_by.empty()
             ? fmt::format("The figure is given for each {}.", explanation::listed(names))
             : fmt::format("It is grouped by {} as well, because {} shown.",
                           explanation::listed(names), names.size() == 1 ? "that is" : "they are"),
         {},
         0.15});
    return mended;
  }

 private:
  [[nodiscard]] bool must_be_grouped(const ir::Query& core, const ir::Expression& item) const {
    // A figure of all rows beside a column: only groups make sense of it. Elsewhere than in SQLite
    // the statement does not run without.
    if (core.group_by.empty() || schema_.dialect != Dialect::sqlite) return true;
    // "id, name … GROUP BY name": of the same name there may be two.
    const auto* column = std::get_if<ColumnRef>(&item.node);
    if (column == nullptr) return false;
    const auto key = primary_key_of(schema_, column->table);
    return key.size() == 1 && key.front() == *column && groups_name_rows_of(core, column->table);
  }

  /// Grouped by the first text after the key, which is how rows are called.
  [[nodiscard]] bool groups_name_rows_of(const ir::Query& core, int table) const {
    const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
    const auto first = std::find_if(columns.begin(), columns.end(), [](const Column& column) {
      return column.type == ColumnType::text && !column.primary_key;
    });
    if (first == columns.end()) return false;
    const ColumnRef name{table, static_cast<int>(first - columns.begin())};
    return std::any_of(core.group_by.begin(), core.group_by.end(), [&](const auto& key) {
      const auto* column = std::get_if<ColumnRef>(&key->node);
      return column != nullptr && *column == name;
    });
  }

  const Schema& schema_;
  sql::JoinPlanner planner_;
  std::vector<Finding>& findings_;
};

/// Of every part of a set operation, last part first made anew.
std::optional<ir::Query> mend_groups(const ir::Query& query, GroupMender& mender) {
  std::optional<ir::Query> right;
  if (query.set_right) right = mend_groups(*query.set_right, mender);
  auto mended = mender.mend(query);
  if (!mended && !right) return std::nullopt;
  if (!mended) mended = query;
  if (right) mended->set_right = std::make_shared<const ir::Query>(std::move(*right));
  return mended;
}

bool groups(const ir::Query& query) {
  return !query.group_by.empty() || !aggregates_of(query).empty() ||
         (query.set_right && groups(*query.set_right));
}

}  // namespace

Verified mend(const ir::Query& query, const link::LinkedQuestion&, const link::Linker& linker) {
  Verified verified;
  ir::Query mended = mend_types(query, linker, verified.findings);
  if (groups(mended)) {
    GroupMender mender(linker.schema(), verified.findings);
    if (auto grouped = mend_groups(mended, mender)) mended = std::move(*grouped);
  }
  const bool changed = std::any_of(verified.findings.begin(), verified.findings.end(),
                                   [](const Finding& finding) { return finding.repaired; });
  if (changed) verified.repaired = std::move(mended);
  return verified;
}

}  // namespace idi::verification
