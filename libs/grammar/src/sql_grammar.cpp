#include "idi/grammar/sql_grammar.hpp"

#include <algorithm>

#include "sql_rules.hpp"

namespace idi::grammar {
namespace {

// More sets of tables that can be joined than this never fit.
constexpr std::size_t max_sets = 1'500;

/// From wide to narrow: the first that fits is taken.
constexpr Breadth breadths[] = {
    {.joined = 4, .joined_inside = 3, .selected = 3},
    {.joined = 4, .joined_inside = 2, .selected = 2},
    {.joined = 4, .joined_inside = 2, .selected = 2, .siblings = false, .unlinked = false},
    {.joined = 3, .joined_inside = 2, .selected = 2, .siblings = false, .unlinked = false},
    {.joined = 2,
     .joined_inside = 1,
     .selected = 2,
     .siblings = false,
     .unlinked = false,
     .shared_names = false},
    {.joined = 1,
     .joined_inside = 1,
     .selected = 1,
     .siblings = false,
     .unlinked = false,
     .shared_names = false},
};

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
                                        max_sets);
      if (!sets) continue;
      SqlRules rules(tables, *sets, dialect, options, breadth);
      if (rules.build()) return rules.text();
    }
  }
  return make_error(ErrorCode::invalid_argument,
                    "a grammar of one table needs more than " + std::to_string(options.max_bytes) +
                        " bytes");
}

}  // namespace idi::grammar
