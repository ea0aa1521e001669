// What in the query a piece of text speaks of: the bridge from the text's parts to the words of
// the question.
#pragma once

#include <bitset>
#include <cstdint>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::explanation {

/// Operations that questions have words for.
enum class Cue : std::uint8_t {
  count,
  sum,
  average,
  minimum,
  maximum,
  distinct,
  equal,
  above,
  below,
  between,
  like,
  missing,
  negation,
  either,
  both,
  descending,
  ascending,
  limit,
  one,
  group,
  share,
  running,
  change,
  add,
  subtract,
  multiply,
  divide,
  year,
  month,
  day,
  quarter,
  week,
  weekday,
  cue_count
};
inline constexpr std::size_t cue_count = static_cast<std::size_t>(Cue::cue_count);
using Cues = std::bitset<cue_count>;

struct Origins {
  std::vector<ColumnRef> columns;
  std::vector<int> tables;
  std::vector<ir::Literal> literals;
  Cues cues;

  void add(Cue cue) { cues.set(static_cast<std::size_t>(cue)); }
  void add(ColumnRef column) { columns.push_back(column); }
  void add_table(int table) {
    if (table >= 0) tables.push_back(table);
  }
  void add(const ir::Literal& literal) { literals.push_back(literal); }
  void add(const ir::ExpressionPtr& expression);
  void add(const ir::ConditionPtr& condition);
  /// All of it, its own subqueries and set operators included.
  void add(const ir::Query& query);
  void add_limit(const ir::Query& query);
};

/// Of the select items and keys, the conditions and the rest of one core: columns and tables that
/// its FROM has to have. Subqueries are scopes of their own and are left out.
[[nodiscard]] std::vector<int> tables_of_core(const ir::Query& query);

}  // namespace idi::explanation
