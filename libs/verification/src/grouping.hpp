// Which shown columns do not follow from the groups of a core.
#pragma once

#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::verification {

/// Select items without aggregates (columns, parts of dates) of a core that groups or aggregates,
/// whose value may differ within a group: not grouped by, and not determined by what is, by way of
/// keys, joins and fixed values. Empty where it cannot be told, and where SQLite gives the row of
/// the one MIN or MAX of the query.
[[nodiscard]] std::vector<ir::ExpressionPtr> loose_items(const ir::Query& core,
                                                         const Schema& schema,
                                                         const sql::JoinPlanner& planner);

}  // namespace idi::verification
