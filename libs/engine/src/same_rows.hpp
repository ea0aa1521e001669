// Queries that give the same rows and differ in the columns that they show of them.
#pragma once

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::engine {

/// The same tables, conditions, groups, order and limit, and one shows all that the other shows:
/// "the names", "the names and how many". A count and a sum of the same rows are not the same.
[[nodiscard]] bool differ_in_columns_shown(const ir::Query& a, const ir::Query& b,
                                           const Schema& schema);

}  // namespace idi::engine
