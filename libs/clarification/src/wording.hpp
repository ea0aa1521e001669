// Schema items and parts of queries as people would say them. Names come from somebody's database:
// what is shown is one line, valid, and short.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::clarification {

/// One line of valid UTF-8 without control characters and marks of writing direction, cut with "…".
[[nodiscard]] std::string shown(std::string_view text, std::size_t max_bytes = 80);

/// "order lines"; the name itself where words are missing.
[[nodiscard]] std::string table_words(const Schema& schema, int table);
[[nodiscard]] std::string column_words(const Schema& schema, ColumnRef column);
/// "city of the customers"
[[nodiscard]] std::string column_of_table(const Schema& schema, ColumnRef column);

/// The column's comment, else "for example 2024-05-17"; empty if neither is known.
[[nodiscard]] std::string example_of(const Schema& schema, ColumnRef column);

/// What something is ordered by: "the number of orders", "price"; empty where words are missing.
[[nodiscard]] std::string measure_words(const ir::Expression& expression, const Schema& schema);

/// "customers, orders and stores"
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

}  // namespace idi::clarification
