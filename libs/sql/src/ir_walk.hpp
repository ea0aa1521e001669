// Walking and rebuilding the expressions of one query core (subqueries are scopes of their own and
// are left alone).
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "idi/sql/ir.hpp"

namespace idi::sql {

/// A leaf is a ColumnRef or StarOf node; what it returns stands in its place.
struct LeafMap {
  std::function<ColumnRef(ColumnRef)> column;
  std::function<ir::StarOf(ir::StarOf)> star;
  /// Null, or called for every aggregate first; what it returns stands in its place as it is.
  std::function<std::optional<ir::AggregateCall>(const ir::AggregateCall&)> aggregate = nullptr;
};
[[nodiscard]] ir::ExpressionPtr map_leaves(const ir::ExpressionPtr& expression, const LeafMap& map);
[[nodiscard]] ir::ConditionPtr map_leaves(const ir::ConditionPtr& condition, const LeafMap& map);
void map_leaves(ir::Query& query, const LeafMap& map);

/// COUNT(column) → COUNT(*) (StarOf{-1}) for the columns that `counts_rows` names.
void map_counts(ir::Query& query, const std::function<bool(ColumnRef)>& counts_rows);

/// Tables that the core mentions (columns, stars, JOIN words), in order of first mention.
[[nodiscard]] std::vector<int> mentioned_tables(const ir::Query& query);
/// Columns that the core mentions, in order, with repetitions.
[[nodiscard]] std::vector<ColumnRef> mentioned_columns(const ir::Query& query);

}  // namespace idi::sql
