// The rules of a SELECT over some tables.
//
// FROM stands behind the columns that need it, and a context-free grammar cannot look ahead. So the
// rules of the SELECT list carry in their names what has been named so far: nothing, a column
// without a qualifier (the tables that have it), or qualified columns (their tables). FROM then
// offers the joins that contain these, and the rules behind it are made for the tables in FROM.
// Each step leaves few ways open, which is what llama.cpp pays for.
//
// How the SELECT list ends in GROUP BY is carried too, where the dialect refuses columns that are
// neither grouped nor aggregated: there, keys are given by their places ("GROUP BY 1, 2").
//
// In a rule's name: i item, r rest of the list, f FROM, j joins, t tail, w condition, p comparison,
// q subquery.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "column_kind.hpp"
#include "gbnf.hpp"
#include "idi/grammar/sql_grammar.hpp"
#include "scope_tables.hpp"
#include "table_sets.hpp"

namespace idi::grammar {

/// How much language there is; narrowed until the grammar fits its bytes.
struct Breadth {
  int joined = 4;            ///< Tables in the FROM of the outermost SELECT.
  int joined_inside = 3;     ///< … of subqueries and of the parts of set operations.
  int selected = 3;          ///< Tables that one SELECT list names with their names.
  bool siblings = false;     ///< Joins over a parent that both refer to.
  bool unlinked = false;     ///< Joins of tables that no key connects.
  bool pairs = false;        ///< Set operations of two columns, sums over two tables.
  bool shared_names = true;  ///< Columns without qualifier that several tables have.
  /// Of a grammar's text for each feasible set of tables, measured; 0: unknown.
  std::size_t least_bytes = 0;
};

/// What a comparison, a subquery or a part of a set operation yields.
enum class Sort { number, text, day };

/// Which clauses may follow WHERE, and which keys GROUP BY must have.
enum class Grouping {
  free,   ///< Any (SQLite).
  plain,  ///< None: no aggregates.
  total,  ///< None: aggregates alone, or DISTINCT, so that only the first item may order.
  first,
  second,
  both  ///< The first, the second item, both.
};

struct Ending {
  Grouping grouping = Grouping::free;
  bool part = false;  ///< Of a set operation, or after IN: no ORDER BY, no LIMIT.
  int depth = 0;      ///< Of subqueries.
};

/// Tables whose columns may be named; `bare`: a single one, without its name too.
struct Place {
  Tables tables;
  bool bare = false;
};

/// What a SELECT list has named.
struct Named {
  enum class Mode { nothing, bare, qualified } mode = Mode::nothing;
  Tables tables;  ///< bare: any one of these; qualified: all of these.
};

/// The items of a SELECT list so far, where GROUP BY has to follow from them.
enum class Items {
  any,  ///< SQLite: nothing to remember.
  none,
  key,
  two_keys,
  plain,       ///< Items that cannot be keys, or more than two.
  key_totals,  ///< A key, then aggregates.
  two_keys_totals,
  total,  ///< One aggregate.
  totals,
  total_key,  ///< An aggregate, then a key, then aggregates.
  unique      ///< DISTINCT.
};
enum class ItemSort { key, plain, total };

class SqlRules {
 public:
  SqlRules(const ScopeTables& scope, const TableSets& sets, Dialect dialect,
           const GrammarOptions& options, const Breadth& breadth)
      : scope_(scope),
        sets_(sets),
        dialect_(dialect),
        options_(options),
        breadth_(breadth),
        rules_(options.max_bytes) {}

  /// False if it does not fit into the bytes allowed.
  bool build();
  [[nodiscard]] std::string text() const { return rules_.text(); }

 private:
  using Then = std::function<std::string(const Named&)>;
  using ThenItem = std::function<std::string(const Named&, ItemSort)>;
  enum class Step { any, staying, growing };

  // ---- sql_rules_values.cpp: literals
  std::string number();
  std::string positive();
  std::string free_text();
  std::string pattern();
  std::string date();
  std::string moment();
  std::string clock();
  std::string truth();
  std::string limit();

  // ---- sql_rules_columns.cpp: columns and expressions of tables that are known
  std::string id(const Tables& tables);
  std::string id(const Place& place) { return id(place.tables) + (place.bare ? "b" : ""); }
  const ScopeTable& table(int number) const {
    return scope_.tables[static_cast<std::size_t>(number)];
  }
  std::string columns(int table, Kinds kinds);
  Branches column_branches(const Place& place, Kinds kinds, const std::string& then);
  std::string column(const Place& place, Kinds kinds);
  bool has(const Place& place, Kinds kinds) const;
  std::string arithmetic_tail(const Place& place);
  std::string sum(const Place& place);
  struct Function {
    std::string before, after;
    Sort sort;
    std::string again = {};  ///< Behind the column that follows `after`, if there is another.
  };
  std::vector<Function> day_functions() const;
  std::string function_end(const Function& function, const Place& place);
  Branches function_branches(const Place& place, const std::function<std::string(Sort)>& then);
  std::string cast_end() const;

  // ---- sql_rules_totals.cpp: aggregates that are numbers, and days between times
  std::string divisor(const std::string& number) const;
  std::string number_total(const Place& place);
  std::string total_tail(const Place& place);
  Branches partial_totals(const Place& place);
  Branches shares(const Place& place);
  Branches days_between(const Place& place);
  Branches total_days(const Place& place);

  // ---- sql_rules_conditions.cpp
  std::string condition(const Place& place, int depth);
  std::string comparison(const Place& place, int depth);
  Branches table_comparisons(int table, int depth);
  Branches column_comparisons(const Place& place);
  std::string exists(int outer, int inner, int depth);
  std::string tail_of(const ScopeColumn& column, int table, std::size_t index, int depth);
  std::string kind_tail(ColumnKind kind, int depth);
  std::string tail(const std::string& name, const std::vector<std::string>& values,
                   const std::vector<Sort>& sorts, bool ordered, bool patterns, int depth);
  std::string having(const Place& place, int depth);

  // ---- sql_rules_from.cpp: FROM and what follows
  int joined(const Ending& ending) const;
  std::string from(const Named& named, const Ending& ending);
  std::string join(const Tables& missing, const Tables& joined_tables, const Ending& ending);
  std::string on(const Tables& joined_tables, int added);
  std::string key_between(int a, int b);
  std::string clauses(const Place& place, const Ending& ending);
  std::string group_clauses(const Place& place, const Ending& ending);
  std::string order(const Place& place, bool grouped, const Ending& ending);

  // ---- sql_rules_items.cpp: one item of a SELECT list
  Branches slot(const Named& named, Kinds kinds, Step step, const Then& then);
  Branches bare_slot(const Named& named, Kinds kinds, Step step, const Then& then);
  std::string open(const Named& named, Kinds kinds, Step step, const Then& then);
  std::string after_number(const Named& named, Step step, const Then& then);
  Branches columns_as_items(const Named& named, Step step, const ThenItem& then);
  Branches totals(const Named& named, Step step, const ThenItem& then);
  Branches functions(const Named& named, Step step, const ThenItem& then);
  std::string after_day(const Function& function, const Named& next, const ThenItem& then);
  Branches windows_and_cases(const Named& named, Step step, const ThenItem& then);
  std::string staying_item(const Named& named, const std::vector<ItemSort>& sorts);
  Branches typed_items(const Named& named, Sort sort, const ThenItem& then);

  // ---- sql_rules_keys.cpp: GROUP BY a key by its name, where ungrouped columns are refused
  struct Key {
    int table = -1;
    std::string name;  ///< As it is written in this statement, with its table's name or without.
    std::string rule;  ///< For the names of rules.
  };
  Branches keyed_lists(const Named& before);
  std::string keyed(const Key& key, const Place& place);
  std::string exact_from(const Tables& tables);
  std::string exact_join(const Tables& missing, const Tables& present);

  // ---- sql_rules_select.cpp: whole statements
  bool strict() const { return dialect_ != Dialect::sqlite; }
  std::string select_list(bool distinct);
  std::string rest(const Named& named, Items items);
  std::string endings(const Named& named, Items items, const Ending& ending);
  std::string typed_select(Sort sort, int depth, bool part);
  std::string subquery(Sort sort, int depth, bool part);
  std::string set_operation(bool pairs);
  std::string operation();
  std::string typed_list(const std::vector<Sort>& sorts, bool pairs,
                         const std::function<std::string(const std::vector<Sort>&)>& then);
  std::string set_tail(const std::vector<Sort>& sorts);
  std::string counted();
  std::string common_table();

  const ScopeTables& scope_;
  const TableSets& sets_;
  Dialect dialect_;
  const GrammarOptions& options_;
  Breadth breadth_;
  Rules rules_;
  std::map<Tables, int> ids_;
};

/// Expressions one after the other; impossible (empty) if one of them is.
[[nodiscard]] std::string sequence(const std::vector<std::string>& parts);
/// "(expression)?" or nothing to derive at all.
[[nodiscard]] std::string maybe(const std::string& expression);
/// Each literal with `before` in front of it.
[[nodiscard]] Branches prefixed(const std::string& before, Branches branches);
/// Each with `then` behind it.
[[nodiscard]] Branches followed(Branches branches, const std::string& then);
[[nodiscard]] Kinds kinds_of_sort(Sort sort);
[[nodiscard]] std::string letter(Sort sort);

}  // namespace idi::grammar
