// Names and values as a prompt shows them: exactly as the statement must have them.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/schema.hpp"

namespace idi::prompt {

[[nodiscard]] std::string spelled_table(const Schema& schema, int table, Dialect dialect);
/// Without its table.
[[nodiscard]] std::string spelled_column(const Schema& schema, ColumnRef column, Dialect dialect);
/// "shop.name".
[[nodiscard]] std::string spelled_qualified(const Schema& schema, ColumnRef column,
                                            Dialect dialect);
/// A cell as data within quotes: 'it''s'.
[[nodiscard]] std::string quoted_cell(std::string_view cell, std::size_t max_bytes);

}  // namespace idi::prompt
