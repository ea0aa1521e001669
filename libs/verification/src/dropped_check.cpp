// Rows that an inner join leaves out without anybody having asked for it: employees without a
// department, where only the department's name is shown; customers without orders, where "each
// customer" was asked for.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "asked_words.hpp"
#include "check.hpp"
#include "ir_trees.hpp"
#include "join_shape.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

class DroppedCheck {
 public:
  DroppedCheck(const Case& question, Outcome& outcome)
      : question_(question), outcome_(outcome), core_(question.query) {}

  void run() {
    if (core_.set_operator || counts_a_query(core_)) return;
    const auto shape = JoinShape::of(core_, question_.schema, question_.planner);
    if (!shape || shape->tables().size() < 2) return;
    const int main = shape->finest(shape->tables());
    if (main >= 0 && only_conditions_on(main)) check_partners(main, *shape);
    check_each(*shape);
  }

 private:
  [[nodiscard]] bool only_conditions_on(int table) const {
    return !core_.where || tables_of(*core_.where) == std::vector{table};
  }

  [[nodiscard]] std::optional<std::int64_t> count_alone(int table, ir::ConditionPtr where) const {
    ir::Query alone;
    alone.select.push_back(aggregate_of(ir::Aggregate::count, make_expression(ir::StarOf{table})));
    alone.where = std::move(where);
    return question_.probe.number(alone);
  }

  [[nodiscard]] std::optional<std::int64_t> count_joined(int table) const {
    ir::Query once = from_of(core_);
    once.where = core_.where;
    once.distinct = true;
    for (const ColumnRef column : primary_key_of(question_.schema, table)) {
      once.select.push_back(make_expression(column));
    }
    if (once.select.empty()) return std::nullopt;
    ir::Query count;
    count.select.push_back(aggregate_of(
        ir::Aggregate::count,
        make_expression(ir::RowsOf{std::make_shared<const ir::Query>(std::move(once))})));
    return question_.probe.number(count);
  }

  /// Each row should have one partner: it refers to it.
  void check_partners(int table, const JoinShape& shape) {
    const auto all = count_alone(table, core_.where);
    if (!all || *all < 2) return;
    const auto joined = count_joined(table);
    if (!joined || *joined * 2 >= *all) return;
    const std::int64_t missing = *all - *joined;
    int partner = -1;
    std::string why;
    for (const auto& edge : shape.edges()) {
      if (edge.a != table && edge.b != table) continue;
      const auto& join = edge.conditions.front();
      const ColumnRef own = edge.a == table ? join.left : join.right;
      const int other = edge.a == table ? edge.b : edge.a;
      if (partner < 0) partner = other;
      ir::Predicate empty;
      empty.op = ir::Comparison::is_null;
      empty.left = make_expression(own);
      auto conditions = conjuncts(core_.where);
      conditions.push_back(make_condition(std::move(empty)));
      const auto without = count_alone(table, all_of(std::move(conditions)));
      if (!without || *without * 2 < missing) continue;
      why = fmt::format("; {} have no {}", in_words(*without), name_of(question_.schema, own));
      break;
    }
    if (why.empty()) {
      why = fmt::format("; the others have no {}", one_row_of(question_.schema, partner));
    }
    outcome_.add(FindingKind::rows_dropped, 0.3,
                 fmt::format("Only {} of {} are in this answer{}.", in_words(*joined),
                             count_of(question_.schema, table, *all), why));
  }

  /// "The number of orders of each customer" leaves out who has none.
  void check_each(const JoinShape& shape) {
    if (core_.group_by.empty() || core_.where || core_.having || core_.limit ||
        aggregates_of(core_).empty() || !asks_for_each(question_.subject.question)) {
      return;
    }
    std::set<ColumnRef> keys;
    for (const auto& key : core_.group_by) {
      const auto* column = std::get_if<ColumnRef>(&key->node);
      if (column == nullptr) return;
      keys.insert(*column);
    }
    const auto known = shape.determined(keys);
    for (const int table : shape.tables()) {
      const auto key = primary_key_of(question_.schema, table);
      const bool grouped = !key.empty() && std::all_of(key.begin(), key.end(), [&](ColumnRef c) {
        return known.contains(c);
      });
      if (!grouped || !shape.multiplies(table) || !is_named(question_.subject.question, table)) {
        continue;
      }
      const auto all = count_alone(table, nullptr);
      const auto joined = all ? count_joined(table) : std::nullopt;
      if (!joined || *joined * 2 >= *all) continue;
      const std::string others = rows_of(question_.schema, shape.multipliers(table).front());
      outcome_.add(
          FindingKind::rows_dropped, 0.1,
          fmt::format("{} of {} have no {} and are not in this answer.", in_words(*all - *joined),
                      count_of(question_.schema, table, *all), others),
          {{fmt::format("{} without {}", rows_of(question_.schema, table), others),
            fmt::format("Which {} have no {}?", rows_of(question_.schema, table), others)}});
      return;
    }
  }

  const Case& question_;
  Outcome& outcome_;
  const ir::Query& core_;
};

}  // namespace

void check_dropped(const Case& question, Outcome& outcome) {
  DroppedCheck(question, outcome).run();
}

}  // namespace idi::verification
