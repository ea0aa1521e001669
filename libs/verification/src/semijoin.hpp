// The same question without repeated rows: tables that only choose rows move into a subquery,
// "key IN (SELECT …)".
#pragma once

#include <optional>

#include "idi/sql/ir.hpp"
#include "join_shape.hpp"

namespace idi::verification {

/// nullopt: the tables that repeat the rows of `table` are shown, grouped or sorted by, or the tree
/// cannot say it (a condition over both sides, a join by several columns).
[[nodiscard]] std::optional<ir::Query> without_repeats(const ir::Query& core, int table,
                                                       const JoinShape& shape);

}  // namespace idi::verification
