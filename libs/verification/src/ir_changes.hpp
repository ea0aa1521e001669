// Trees with parts exchanged. Trees are immutable and shared: what changes is made anew.
#pragma once

#include <functional>
#include <optional>

#include "idi/sql/ir.hpp"

namespace idi::verification {

/// nullopt keeps the comparison. Its address is that of the tree that is changed.
using PredicateChange = std::function<std::optional<ir::Predicate>(const ir::Predicate&)>;
/// In all conditions: WHERE, HAVING, of aggregates, of subqueries, of the parts of set operations.
[[nodiscard]] ir::Query change_predicates(const ir::Query& query, const PredicateChange& change);

/// nullopt keeps the aggregate.
using AggregateChange = std::function<std::optional<ir::AggregateCall>(const ir::AggregateCall&)>;
/// In what the core shows, in HAVING and in ORDER BY.
[[nodiscard]] ir::Query change_aggregates(const ir::Query& core, const AggregateChange& change);

}  // namespace idi::verification
