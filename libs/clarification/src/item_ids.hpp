// Names of schema items as stable ids, safe to send and to take apart: a name is escaped, one that
// is not plain text or too long becomes a hash. Two items of a schema never share an id by chance
// of their names' punctuation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::clarification {

/// FNV-1a of 64 bits, as 16 hexadecimal digits.
[[nodiscard]] std::string hash_of(std::string_view text);
/// The text itself, if it is short enough for an id, else its hash.
[[nodiscard]] std::string short_id(std::string text);

[[nodiscard]] std::string name_id(std::string_view name);
[[nodiscard]] std::string table_id(const Schema& schema, int table);
/// "orders.ordered_at"
[[nodiscard]] std::string column_id(const Schema& schema, ColumnRef column);
/// "customers+orders": each once, sorted.
[[nodiscard]] std::string tables_id(const Schema& schema, const std::vector<int>& tables);

/// The tables of such an id, ascending; nullopt if one of them does not exist (any more).
[[nodiscard]] std::optional<std::vector<int>> tables_of_id(const Schema& schema,
                                                           std::string_view id);

}  // namespace idi::clarification
