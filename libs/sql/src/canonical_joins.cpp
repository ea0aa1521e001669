#include "canonical_joins.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "ir_walk.hpp"
#include "no_words.hpp"

namespace idi::sql {
namespace {

using ir::JoinHint;
using Columns = std::vector<ColumnRef>;

// Enough for every data set seen; beyond, the cheaper choices only are tried.
constexpr std::size_t max_choices = 64;

/// Columns made equal by join conditions, as a partition: two sets of conditions that say the same
/// ("a = b, b = c" and "a = b, a = c") give equal partitions.
class Equalities {
 public:
  explicit Equalities(const std::vector<JoinHint>& joins) {
    for (const JoinHint& join : joins) unite(join.left, join.right);
  }
  void unite(ColumnRef a, ColumnRef b) {
    const ColumnRef first = root(a), second = root(b);
    if (first != second) parent_[std::max(first, second)] = std::min(first, second);
  }
  ColumnRef root(ColumnRef column) {
    const auto found = parent_.find(column);
    if (found == parent_.end()) {
      parent_[column] = column;
      return column;
    }
    return found->second == column ? column : root(found->second);
  }
  /// The classes of two or more, sorted.
  std::set<Columns> classes() {
    std::map<ColumnRef, Columns> members;
    for (const auto& [column, ignored] : parent_) members[root(column)].push_back(column);
    std::set<Columns> result;
    for (auto& [ignored, columns] : members) {
      std::sort(columns.begin(), columns.end());
      if (columns.size() > 1) result.insert(columns);
    }
    return result;
  }

 private:
  std::map<ColumnRef, ColumnRef> parent_;
};

struct Words {
  std::vector<int> extra_tables;
  std::vector<JoinHint> hints;
  std::size_t cost() const { return extra_tables.size() + 2 * hints.size(); }
};

class JoinRemoval {
 public:
  JoinRemoval(ir::Query& query, const std::vector<int>& tables, const std::vector<JoinHint>& joins,
              const Schema& schema, const JoinPlanner& planner)
      : query_(query),
        tables_(tables.begin(), tables.end()),
        joins_(joins),
        schema_(schema),
        planner_(planner) {
    for (JoinHint& join : joins_) {
      if (join.right < join.left) std::swap(join.left, join.right);
    }
    const auto order = [](const JoinHint& a, const JoinHint& b) {
      return std::pair(a.left, a.right) < std::pair(b.left, b.right);
    };
    std::sort(joins_.begin(), joins_.end(), order);
    joins_.erase(std::unique(joins_.begin(), joins_.end()), joins_.end());
    wanted_ = Equalities(joins_).classes();
  }

  Status run() {
    IDI_CHECK(check_connected());
    count_rows_instead_of_keys();
    const std::vector<int> star_choices = choose_stars();
    const std::vector<std::map<ColumnRef, ColumnRef>> sides = choose_sides();
    std::optional<Words> best;
    ir::Query best_query;
    for (const auto& side : sides) {
      for (const int star : star_choices) {
        ir::Query candidate = query_;
        map_leaves(candidate,
                   {[&](ColumnRef column) {
                      const auto found = side.find(column);
                      return found == side.end() ? column : found->second;
                    },
                    [&](ir::StarOf old) { return old.table < 0 ? ir::StarOf{star} : old; }});
        const std::optional<Words> words =
            find_words(mentioned_tables(candidate), best ? best->cost() : 1000);
        if (!words) continue;
        best = words;
        best_query = std::move(candidate);
        if (best->cost() == 0) break;
      }
      if (best && best->cost() == 0) break;
    }
    if (!best) {
      return no_words_for("this join");
    }
    query_ = std::move(best_query);
    query_.extra_tables = best->extra_tables;
    query_.join_hints = best->hints;
    return {};
  }

 private:
  /// COUNT(c) is COUNT(*) where c cannot be null: primary keys, joined columns and, but for one
  /// group, what is grouped by.
  void count_rows_instead_of_keys() {
    std::set<ColumnRef> never_null;
    for (const Columns& members : wanted_) never_null.insert(members.begin(), members.end());
    for (const ir::ExpressionPtr& key : query_.group_by) {
      if (const auto* column = std::get_if<ColumnRef>(&key->node)) never_null.insert(*column);
    }
    map_counts(query_, [&](ColumnRef column) {
      return never_null.contains(column) || schema_.column(column).primary_key;
    });
  }

  Status check_connected() {
    std::set<int> reached{*tables_.begin()};
    for (bool grew = true; grew;) {
      grew = false;
      for (const JoinHint& join : joins_) {
        if (reached.contains(join.left.table) == reached.contains(join.right.table)) continue;
        reached.insert(join.left.table);
        reached.insert(join.right.table);
        grew = true;
      }
    }
    if (reached.size() == tables_.size()) return {};
    return no_words_for("a cross join");
  }

  /// Tables that COUNT(*) may point to, the one furthest on the "many" side first.
  std::vector<int> choose_stars() const {
    std::vector<int> choices(tables_.begin(), tables_.end());
    std::map<int, std::size_t> parents;
    for (const int table : choices) parents[table] = count_reachable(table);
    std::stable_sort(choices.begin(), choices.end(),
                     [&](int a, int b) { return parents[a] > parents[b]; });
    return choices;
  }
  /// How many tables of the query are on the "one" side of it, itself included.
  std::size_t count_reachable(int table) const {
    std::set<int> reached{table};
    for (bool grew = true; grew;) {
      grew = false;
      for (const JoinHint& join : joins_) {
        const ColumnRef parent =
            parent_rank(join.left) > parent_rank(join.right) ? join.left : join.right;
        const ColumnRef child = parent == join.left ? join.right : join.left;
        if (!reached.contains(child.table)) continue;
        grew = reached.insert(parent.table).second || grew;
      }
    }
    return reached.size();
  }

  /// Every way to take the joined columns from one side each, the preferred way first.
  std::vector<std::map<ColumnRef, ColumnRef>> choose_sides() {
    std::vector<std::map<ColumnRef, ColumnRef>> choices{{}};
    const Columns used = mentioned_columns(query_);
    for (const Columns& members : wanted_) {
      const auto is_used = [&](ColumnRef column) {
        return std::find(used.begin(), used.end(), column) != used.end();
      };
      if (std::none_of(members.begin(), members.end(), is_used)) continue;
      Columns options = members;
      std::stable_sort(options.begin(), options.end(),
                       [&](ColumnRef a, ColumnRef b) { return parent_rank(a) > parent_rank(b); });
      if (choices.size() * options.size() > max_choices) options.resize(1);
      std::vector<std::map<ColumnRef, ColumnRef>> extended;
      for (const ColumnRef option : options) {
        for (const auto& choice : choices) {
          extended.push_back(choice);
          for (const ColumnRef member : members) extended.back()[member] = option;
        }
      }
      choices = std::move(extended);
    }
    return choices;
  }
  /// The referenced side of a key is preferred, then primary keys.
  int parent_rank(ColumnRef column) const {
    int rank = schema_.column(column).primary_key ? 1 : 0;
    for (const ForeignKey& key : schema_.foreign_keys) {
      if (key.to == column && tables_.contains(key.from.table)) rank += 2;
    }
    return rank;
  }

  /// The fewest words that make the planner restore the joins, if fewer than `bound` do.
  std::optional<Words> find_words(const std::vector<int>& mentioned, std::size_t bound) const {
    std::vector<std::vector<JoinHint>> hint_sets{{}};
    if (joins_.size() <= 4) {
      for (std::size_t mask = 1; mask < (std::size_t{1} << joins_.size()); ++mask) {
        std::vector<JoinHint> subset;
        for (std::size_t i = 0; i < joins_.size(); ++i) {
          if (mask & (std::size_t{1} << i)) subset.push_back(joins_[i]);
        }
        hint_sets.push_back(std::move(subset));
      }
    } else {
      for (const JoinHint& join : joins_) hint_sets.push_back({join});
      hint_sets.push_back(joins_);
    }
    std::stable_sort(hint_sets.begin(), hint_sets.end(),
                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
    std::vector<std::vector<int>> table_sets{{}};
    std::vector<int> unmentioned;
    for (const int table : tables_) {
      if (std::find(mentioned.begin(), mentioned.end(), table) != mentioned.end()) continue;
      unmentioned.push_back(table);
      table_sets.push_back({table});
    }
    if (unmentioned.size() > 1) table_sets.push_back(unmentioned);
    std::optional<Words> best;
    for (const auto& hints : hint_sets) {
      for (const auto& extra : table_sets) {
        const Words words{extra, hints};
        if (words.cost() >= bound) continue;
        if (!restores(mentioned, words)) continue;
        best = words;
        bound = words.cost();
      }
    }
    return best;
  }

  bool restores(std::vector<int> mentioned, const Words& words) const {
    mentioned.insert(mentioned.end(), words.extra_tables.begin(), words.extra_tables.end());
    if (mentioned.empty()) return false;
    const Result<JoinPlan> plan = planner_.plan(mentioned, words.hints);
    if (!plan) return false;
    const std::vector<int> planned = plan->tables();
    if (std::set<int>(planned.begin(), planned.end()) != tables_) return false;
    std::vector<JoinHint> conditions;
    for (const JoinStep& step : plan->steps) {
      conditions.insert(conditions.end(), step.conditions.begin(), step.conditions.end());
    }
    return Equalities(conditions).classes() == wanted_;
  }

  ir::Query& query_;
  std::set<int> tables_;
  std::vector<JoinHint> joins_;
  std::set<Columns> wanted_;
  const Schema& schema_;
  const JoinPlanner& planner_;
};

}  // namespace

Status canonicalise_joins(ir::Query& query, const std::vector<int>& tables,
                          const std::vector<JoinHint>& joins, const Schema& schema,
                          const JoinPlanner& planner) {
  return JoinRemoval(query, tables, joins, schema, planner).run();
}

}  // namespace idi::sql
