// A shown column that is neither grouped nor aggregated, where it differs within a group: which of
// its values is shown is chance. (mend() adds it to the groups where that is safe.)
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check.hpp"
#include "grouping.hpp"
#include "ir_trees.hpp"
#include "wording.hpp"

namespace idi::verification {

void check_groups(const Case& question, Outcome& outcome) {
  const ir::Query& core = question.query;
  if (core.set_operator || core.group_by.empty()) return;
  for (const auto& item : loose_items(core, question.schema, question.planner)) {
    ir::Query differing = from_of(core);
    differing.where = core.where;
    differing.select = {core.group_by.front()};
    differing.group_by = core.group_by;
    ir::AggregateCall count;
    count.aggregate = ir::Aggregate::count;
    count.distinct = true;
    count.argument = item;
    ir::Predicate several;
    several.op = ir::Comparison::greater;
    several.left = make_expression(std::move(count));
    several.operands.emplace_back(whole_number(1));
    differing.having = make_condition(std::move(several));
    differing.limit = whole_number(1);
    if (!question.probe.any_row(differing).value_or(false)) continue;
    outcome.add(FindingKind::ungrouped_column, 0.3,
                fmt::format("The {} differs within a group; only one of its values is shown, and "
                            "which one is chance.",
                            name_of(question.schema, *item)));
    return;
  }
}

}  // namespace idi::verification
