// The step of SQL → IR that takes the joins out: decides which side of each equi-join its columns
// are taken from, where COUNT(*) points, and which `join` and `on` words are needed so that the
// planner finds the same tables and conditions again.
#pragma once

#include <vector>

#include "idi/core/result.hpp"
#include "idi/sql/ir.hpp"
#include "idi/sql/join_planner.hpp"

namespace idi::sql {

/// `query` is one core: columns as written, COUNT(*) as StarOf{-1}; `tables` its FROM, `joins` its
/// column equalities. Errors: not_supported if no choice of words restores the joins.
[[nodiscard]] Status canonicalise_joins(ir::Query& query, const std::vector<int>& tables,
                                        const std::vector<ir::JoinHint>& joins,
                                        const Schema& schema, const JoinPlanner& planner);

}  // namespace idi::sql
