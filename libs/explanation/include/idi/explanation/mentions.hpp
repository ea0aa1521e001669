// What a query mentions, its subqueries included: tables, columns, values. Joins that only follow
// from these are not mentions.
#pragma once

#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::explanation {

/// Each once, in the order of mention.
struct Mentions {
  std::vector<int> tables;
  std::vector<ColumnRef> columns;
  std::vector<std::string> values;
};
[[nodiscard]] Mentions mentions_of(const ir::Query& query);

}  // namespace idi::explanation
