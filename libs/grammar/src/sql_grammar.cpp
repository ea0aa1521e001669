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
     .pairs = true},
    {.joined = 4, .joined_inside = 3, .selected = 2, .siblings = true, .pairs = true},
    {.joined = 4, .joined_inside = 3, .selected = 2, .pairs = true},
    {.joined = 4, .joined_inside = 2, .selected = 2},
    {.joined = 3, .joined_inside = 2, .selected = 2},
    {.joined = 3, .joined_inside = 1, .selected = 2, .shared_names = false},
    {.joined = 2, .joined_inside = 1, .selected = 2, .shared_names = false},
    {.joined = 1, .joined_inside = 1, .selected = 1, .shared_names = false},
};

/// Sets of tables that can be joined take at least so much each: more sets need not be tried.
std::size_t max_sets(Dialect dialect, std::size_t max_bytes) {
  const std::size_t least_bytes = dialect == Dialect::sqlite ? 2'500 : 5'000;
  return std::max<std::size_t>(max_bytes / least_bytes, max_grammar_tables);
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
                                        max_sets(dialect, options.max_bytes));
      if (!sets) continue;
      SqlRules rules(tables, *sets, dialect, options, breadth);
      if (rules.build()) return rules.text();
    }
  }
  return make_error(ErrorCode::invalid_argument, "a grammar of one table needs more than " +
                                                     std::to_string(options.max_bytes) + " bytes");
}

}  // namespace idi::grammar
