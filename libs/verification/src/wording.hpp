// Names, numbers, cells and days in the sentences of findings. Cells and names are data: on one
// line, shortened, cells in quotation marks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/sql/ir.hpp"

namespace idi::verification {

/// “Berlin”; at most some forty letters of it.
[[nodiscard]] std::string in_quotes(std::string_view cell);
/// in_quotes(), each one, at most three, joined by `last`.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& cells, std::string_view last);
/// Whether a person can read it whole where it is offered: short, on one line, printable.
[[nodiscard]] bool can_be_offered(std::string_view cell);

/// 12990 → "12,990"; 1999 stays, it may be a year.
[[nodiscard]] std::string in_words(std::int64_t number);
/// Numbers with at most two digits behind the point; texts quoted; "empty" for NULL.
[[nodiscard]] std::string in_words(const Value& value);
/// "2023-01-02…" → "2 January 2023"; nullopt for what is no ISO day.
[[nodiscard]] std::optional<std::string> day_in_words(const Value& value);

[[nodiscard]] std::string one_row_of(const Schema& schema, int table);  ///< "customer"
[[nodiscard]] std::string rows_of(const Schema& schema, int table);     ///< "customers"
[[nodiscard]] std::string name_of(const Schema& schema, ColumnRef column);
/// "12,040 customers", "1 customer"
[[nodiscard]] std::string count_of(const Schema& schema, int table, std::int64_t number);
/// The columns of an expression by name, for what has no shorter name: "price and amount".
[[nodiscard]] std::string name_of(const Schema& schema, const ir::Expression& expression);
[[nodiscard]] std::string capitalised(std::string text);

}  // namespace idi::verification
