// Pieces of a query in plain words, for sentences of others' making. Pure functions.
// `one_table`: all is about one table, so that it need not be named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::explanation {

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string listed(const std::vector<std::string>& parts,
                                 std::string_view last = "and");

/// "the average age"
[[nodiscard]] std::string expression_in_words(const ir::ExpressionPtr& expression,
                                              const Schema& schema, bool one_table);

/// After "for each": "city", "store" for a store's key, "month of ordered at".
[[nodiscard]] std::string key_in_words(const ir::ExpressionPtr& key, const Schema& schema,
                                       bool one_table);

/// "the age is above 30 and the city is “Berlin”"
[[nodiscard]] std::string condition_in_words(const ir::ConditionPtr& condition,
                                             const Schema& schema, bool one_table);

}  // namespace idi::explanation
