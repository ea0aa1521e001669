// A query as text in which every name can be left out: two queries with the same pattern differ in
// the tables and columns that they mention, and in nothing else.
#pragma once

#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::clarification {

/// What a name does where it stands.
enum class Site { select, condition, group, order };

struct Mention {
  ColumnRef column;  ///< `column` -1: the rows of the table.
  Site site = Site::select;
  bool in_function = false;  ///< A part of a date: year(x).
  bool compared = false;     ///< With a literal.
  std::string equals;        ///< The text that it is compared with for equality or likeness.
};

struct Shape {
  std::string pattern;  ///< With a mark in the place of each name.
  std::string named;  ///< With names as ids: equal for equal queries, whatever the schema's order.
  std::vector<Mention> mentions;  ///< By the pattern's marks.
};

/// What is looked at.
struct Aspects {
  bool joins = true;
  bool measure = true;  ///< The first thing ordered by, and select items equal to it.
};

[[nodiscard]] Shape shape_of(const ir::Query& query, const Schema& schema, Aspects aspects = {});
[[nodiscard]] Shape shape_of(const ir::Expression& expression, const Schema& schema);

/// Tables that the query's core mentions beside its joins, ascending; subqueries are left out.
[[nodiscard]] std::vector<int> core_tables(const ir::Query& query, const Schema& schema);

}  // namespace idi::clarification
