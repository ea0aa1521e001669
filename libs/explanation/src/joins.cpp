#include "joins.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace idi::explanation {

std::optional<Reference> Joins::reference(ColumnRef a, ColumnRef b) const {
  if (a.table == b.table) return std::nullopt;
  std::optional<Reference> found;
  int keys = 0;
  for (const ForeignKey& key : schema_.foreign_keys) {
    const bool forth = key.from.table == a.table && key.to.table == b.table;
    const bool back = key.from.table == b.table && key.to.table == a.table;
    if (!forth && !back) continue;
    ++keys;
    if ((key.from == a && key.to == b) || (key.from == b && key.to == a)) {
      found = Reference{key.from, key.to, true};
    }
  }
  if (found) found->obvious = keys == 1;
  return found;
}

std::optional<std::vector<JoinText>> Joins::between(const std::vector<int>& tables,
                                                    const std::vector<ir::JoinHint>& hints,
                                                    const std::string& before) const {
  if (!are_told_) return std::vector<JoinText>{};
  if (!planner_) {
    own_planner_ = std::make_unique<sql::JoinPlanner>(schema_);
    planner_ = own_planner_.get();
  }
  const auto plan = planner_->plan(tables, hints);
  if (!plan) return std::nullopt;
  std::vector<JoinText> texts;
  int child = -1;
  for (const sql::JoinStep& join : plan->steps)
    texts.push_back(step(join, &child, texts.empty() ? before : ""));
  return texts;
}

JoinText Joins::step(const sql::JoinStep& join, int* child_before,
                     const std::string& before) const {
  JoinText out;
  for (const auto& condition : join.conditions) {
    out.columns.insert(out.columns.end(), {condition.left, condition.right});
    out.tables = {condition.left.table, condition.right.table};
  }
  const int other_child = *child_before;
  *child_before = -1;
  const bool single = join.conditions.size() == 1;
  const auto key = single ? reference(join.conditions[0].left, join.conditions[0].right)
                          : std::optional<Reference>();
  if (key) {
    const std::string parent = names_.one(key->parent.table);
    // "Counts orders, each with its customer"
    const bool said = before.ends_with(" " + names_.many(key->child.table));
    out.text = other_child == key->child.table ? fmt::format(" and its {}", parent)
               : said                          ? fmt::format(", each with its {}", parent)
                      : fmt::format(", each {} with its {}", names_.one(key->child.table), parent);
    if (!key->obvious) out.text += fmt::format(" ({})", names_.technical(key->child));
    *child_before = key->child.table;
    return out;
  }
  std::string equalities;
  for (const auto& condition : join.conditions) {
    if (!equalities.empty()) equalities += ", ";
    equalities +=
        fmt::format("{} = {}", names_.technical(condition.left), names_.technical(condition.right));
  }
  out.text =
      fmt::format(", matching {} with {} ({})", names_.many(join.conditions.front().left.table),
                  names_.many(join.table), equalities);
  return out;
}

}  // namespace idi::explanation
