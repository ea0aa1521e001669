#include "idi/grammar/sql_grammar.hpp"

#include <algorithm>

#include "sql_rules.hpp"

namespace idi::grammar {
namespace {

/// From wide to narrow: the first that fits is taken.
constexpr Breadth breadths[] = {
    {.joined = 4,
     .joined_inside = 3,
     .selected = 3,
     .siblings = true,
     .unlinked = true,
     .pairs = true,
     .least_bytes = 4'600},
    {.joined = 4,
     .joined_inside = 3,
     .selected = 2,
     .siblings = true,
     .pairs = true,
     .least_bytes = 3'300},
    {.joined = 4, .joined_inside = 3, .selected = 2, .pairs = true, .least_bytes = 2'300},
    {.joined = 4, .joined_inside = 2, .selected = 2, .least_bytes = 1'800},
    {.joined = 3, .joined_inside = 2, .selected = 2, .least_bytes = 2'100},
    {.joined = 3, .joined_inside = 1, .selected = 2, .shared_names = false, .least_bytes = 2'100},
    {.joined = 2, .joined_inside = 1, .selected = 2, .shared_names = false},
    {.joined = 1, .joined_inside = 1, .selected = 1, .shared_names = false},
};

/// How many sets of tables can fit at all: more need not be tried, which spares most of the time.
std::size_t max_sets(const Breadth& breadth, Dialect dialect, std::size_t max_bytes) {
  constexpr std::size_t most = 2'000;
  const std::size_t each = breadth.least_bytes * (dialect == Dialect::sqlite ? 1 : 2);
  return each == 0 ? most : max_bytes / each;
}

}  // namespace

Result<std::string> sql_grammar(const Schema& schema, const Scope& scope, Dialect dialect,
                                const GrammarOptions& options) {
  for (int max_tables = max_grammar_tables; max_tables > 0; max_tables /= 2) {
    const ScopeTables tables = scope_tables(schema, scope, dialect, max_tables);
    if (tables.tables.empty()) {
      return make_error(ErrorCode::invalid_argument, "none of the tables has a name to be written");
    }
    for (Breadth breadth : breadths) {
      breadth.joined = std::min(breadth.joined, options.max_joined_tables);
      const auto sets = TableSets::make(tables, breadth.joined, breadth.siblings, breadth.unlinked,
                                        max_sets(breadth, dialect, options.max_bytes));
      if (!sets) continue;
      SqlRules rules(tables, *sets, dialect, options, breadth);
      if (rules.build()) return rules.text();
    }
  }
  return make_error(ErrorCode::invalid_argument, "a grammar of one table needs more than " +
                                                     std::to_string(options.max_bytes) + " bytes");
}

}  // namespace idi::grammar
