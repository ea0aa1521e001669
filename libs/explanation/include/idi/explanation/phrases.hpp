// Pieces of a query in plain words, for sentences of others' making. Pure functions.
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

/// "the average age". `one_table`: all is about one table, so that it need not be named.
[[nodiscard]] std::string expression_in_words(const ir::ExpressionPtr& expression,
                                              const Schema& schema, bool one_table);

/// "age is greater than 30 and city is 'Berlin'"
[[nodiscard]] std::string condition_in_words(const ir::ConditionPtr& condition,
                                             const Schema& schema, bool one_table);

}  // namespace idi::explanation
