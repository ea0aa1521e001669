// What the rows of a query stand for: whether its joins repeat a table's rows, which would make
// counts and sums of them untrue. Read off the keys, never off the data.
#pragma once

#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::engine {

/// The tables that a query mentions.
[[nodiscard]] std::vector<int> tables_of(const ir::Query& query);

/// Each row of the joined `tables` is one row of this one: the others are looked up by its keys.
[[nodiscard]] bool rows_are_of(int table, const std::vector<int>& tables, const Schema& schema);

/// The table that the aggregated column or star is of; the only table for a star of none; else -1.
[[nodiscard]] int aggregated_table(const ir::AggregateCall& call, const std::vector<int>& tables);

}  // namespace idi::engine
