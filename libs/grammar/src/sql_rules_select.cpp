// Whole statements: the SELECT list with its memory, subqueries, set operations, WITH.
#include <algorithm>
#include <optional>

#include "idi/core/text.hpp"
#include "sql_rules.hpp"

namespace idi::grammar {
namespace {

/// The list's memory of its items after one more; nullopt where that item may not stand.
std::optional<Items> after(Items items, ItemSort sort) {
  const bool total = sort == ItemSort::total;
  const bool key = sort == ItemSort::key;
  switch (items) {
    case Items::any:
      return items;
    case Items::none:
      return total ? Items::total : key ? Items::key : Items::plain;
    case Items::key:
      return total ? Items::key_totals : key ? Items::two_keys : Items::plain;
    case Items::two_keys:
      return total ? Items::two_keys_totals : Items::plain;
    case Items::plain:
      return total ? std::nullopt : std::optional(Items::plain);
    case Items::key_totals:
    case Items::two_keys_totals:
    case Items::totals:
      return total ? std::optional(items) : std::nullopt;
    case Items::total:
      if (total) return Items::totals;
      return key ? std::optional(Items::total_key) : std::nullopt;
    case Items::total_key:
      return total ? std::optional(items) : std::nullopt;
    case Items::unique:
      return key ? std::optional(items) : std::nullopt;
  }
  return std::nullopt;
}

std::vector<Grouping> groupings(Items items) {
  switch (items) {
    case Items::any:
      return {Grouping::free};
    case Items::key:
      return {Grouping::plain, Grouping::first};
    case Items::two_keys:
      return {Grouping::plain, Grouping::both};
    case Items::plain:
      return {Grouping::plain};
    case Items::key_totals:
      return {Grouping::first};
    case Items::two_keys_totals:
      return {Grouping::both};
    case Items::none:
    case Items::total:
    case Items::totals:
    case Items::unique:
      return {Grouping::total};
    case Items::total_key:
      return {Grouping::second};
  }
  return {};
}

constexpr ItemSort item_sorts[] = {ItemSort::key, ItemSort::plain, ItemSort::total};

}  // namespace

bool SqlRules::build() {
  rules_.add("root", [this] {
    std::vector<std::string> statements;
    if (!strict()) {
      statements.push_back(sequence({R"("SELECT " "DISTINCT "?)", select_list(false)}));
    } else {
      statements.push_back(sequence({"\"SELECT \"", select_list(false)}));
      statements.push_back(sequence({"\"SELECT DISTINCT \"", select_list(true)}));
    }
    statements.push_back(set_operation(breadth_.pairs));
    statements.push_back(counted());
    statements.push_back(common_table());
    return either(statements);
  });
  return !rules_.full();
}

std::string SqlRules::select_list(bool distinct) {
  return rules_.add(distinct ? "distinct" : "list", [&] {
    const Named nothing;
    const Items before = !strict() ? Items::any : distinct ? Items::unique : Items::none;
    const ThenItem then = [&](const Named& next, ItemSort sort) {
      const auto items = after(before, sort);
      return items ? rest(next, *items) : std::string();
    };
    Branches branches = columns_as_items(nothing, Step::any, then);
    append(branches, totals(nothing, Step::any, then));
    append(branches, functions(nothing, Step::any, then));
    append(branches, windows_and_cases(nothing, Step::any, then));
    if (strict() && !distinct) append(branches, keyed_lists(nothing));
    if (!distinct) {
      const Items all = strict() ? Items::plain : Items::any;
      branches.push_back({"*", endings(nothing, all, {})});
      for (int number = 0; number < sets_.count(); ++number) {
        const Named next{Named::Mode::qualified, {number}};
        branches.push_back({table(number).name + ".*", rest(next, all)});
      }
    }
    return group(choice(std::move(branches)));
  });
}

/// Behind an item: more of them, or FROM.
std::string SqlRules::rest(const Named& named, Items items) {
  static constexpr std::string_view modes = "nbq";
  const std::string name = "r" + id(named.tables) + modes[static_cast<std::size_t>(named.mode)] +
                           std::to_string(static_cast<int>(items));
  return rules_.add(name, [&] {
    // Items that leave the memory as it is are counted; the others come to an end by themselves.
    std::vector<ItemSort> same, other;
    for (const ItemSort sort : item_sorts) {
      if (const auto next = after(items, sort)) (*next == items ? same : other).push_back(sort);
    }
    const bool nothing = named.mode == Named::Mode::nothing;
    std::string run;
    if (!nothing && !same.empty()) {
      run = up_to(options_.max_items - 1, sequence({"\", \"", staying_item(named, same)}));
    }
    std::vector<std::string> more;
    if (!nothing) {
      for (const ItemSort sort : other) {
        more.push_back(sequence({staying_item(named, {sort}), rest(named, *after(items, sort))}));
      }
    }
    const ThenItem then = [&](const Named& next, ItemSort sort) {
      const auto following = after(items, sort);
      return following ? rest(next, *following) : std::string();
    };
    Branches growing = columns_as_items(named, Step::growing, then);
    append(growing, totals(named, Step::growing, then));
    if (named.mode == Named::Mode::bare && named.tables.size() > 1) {
      append(growing, functions(named, Step::growing, then));
      append(growing, windows_and_cases(named, Step::growing, then));
    }
    if (items == Items::total) append(growing, keyed_lists(named));
    more.push_back(choice(std::move(growing)));
    const std::string items_then = either(more);
    std::string ends = endings(named, items, {});
    if (!items_then.empty()) ends = group("\", \" " + group(items_then) + " | " + ends);
    return run.empty() ? ends : run + " " + ends;
  });
}

std::string SqlRules::endings(const Named& named, Items items, const Ending& ending) {
  std::vector<std::string> all;
  for (const Grouping grouping : groupings(items)) {
    all.push_back(from(named, {grouping, ending.part, ending.depth}));
  }
  const std::string either_of = either(all);
  return either_of.find('|') == std::string::npos ? either_of : group(either_of);
}

// ---- subqueries and set operations: one item, or two

/// Behind "SELECT ": one item of the sort, and the rest of that SELECT.
std::string SqlRules::typed_select(Sort sort, int depth, bool part) {
  return rules_.add("q" + letter(sort) + std::to_string(depth) + (part ? "s" : ""), [&] {
    const Items before = strict() ? Items::none : Items::any;
    const ThenItem then = [&](const Named& next, ItemSort item) {
      const auto items = after(before, item);
      return items ? endings(next, *items, {{}, part, depth}) : std::string();
    };
    std::string list = choice(typed_items({}, sort, then));
    if (list.empty()) return list;
    if (!strict()) return "\"DISTINCT \"? " + group(list);
    const ThenItem unique = [&](const Named& next, ItemSort item) {
      return item == ItemSort::key ? endings(next, Items::unique, {{}, part, depth})
                                   : std::string();
    };
    const std::string distinct =
        choice(slot({}, kinds_of_sort(sort), Step::any,
                    [&](const Named& next) { return unique(next, ItemSort::key); }));
    return either({list, sequence({"\"DISTINCT \"", group(distinct)})});
  });
}

/// "(SELECT …)"; after IN the parenthesis is open already, MySQL refuses LIMIT, and a set operation
/// is what some mean.
std::string SqlRules::subquery(Sort sort, int depth, bool after_in) {
  const std::string select = typed_select(sort, depth, after_in);
  if (select.empty()) return {};
  if (!after_in) return "\"(SELECT \" " + select + " \")\"";
  return "\"SELECT \" " + select + " " + up_to(1, operation() + " " + select) + " \")\"";
}

std::string SqlRules::operation() {
  return rules_.add("operation", [] {
    return std::string(R"(" UNION SELECT " | " INTERSECT SELECT " | " EXCEPT SELECT ")");
  });
}

/// Behind "SELECT ": one item or two, and the rest of that SELECT; `then` follows it, and knows
/// what the items were. `sorts`: these alone; empty: any.
std::string SqlRules::typed_list(const std::vector<Sort>& sorts, bool pairs,
                                 const std::function<std::string(const std::vector<Sort>&)>& then) {
  static constexpr Sort all[] = {Sort::number, Sort::text, Sort::day};
  const Items before = strict() ? Items::none : Items::any;
  const auto ends = [&](const Named& named, Items items, const std::vector<Sort>& written) {
    return sequence({endings(named, items, {{}, true, 0}), then(written)});
  };
  Branches branches;
  for (const Sort first : all) {
    if (!sorts.empty() && sorts[0] != first) continue;
    append(branches, typed_items({}, first, [&](const Named& next, ItemSort item) {
             const auto items = after(before, item);
             if (!items) return std::string();
             std::string alone;
             if (sorts.size() != 2) alone = ends(next, *items, {first});
             if (sorts.size() == 1 || next.mode == Named::Mode::nothing || !pairs) return alone;
             Branches seconds;
             for (const Sort second : {Sort::number, Sort::text}) {
               if (!sorts.empty() && sorts[1] != second) continue;
               append(seconds, typed_items(next, second, [&](const Named& end, ItemSort last) {
                        const auto both = after(*items, last);
                        return both ? ends(end, *both, {first, second}) : std::string();
                      }));
             }
             const std::string pair = sequence({"\", \"", rules_.share(choice(seconds))});
             return rules_.share(either({alone, pair}));
           }));
  }
  return choice(std::move(branches));
}

std::string SqlRules::set_tail(const std::vector<Sort>& sorts) {
  std::string name = "u";
  for (const Sort sort : sorts) name += letter(sort);
  return rules_.add(name, [&] {
    const std::string right = rules_.add(name + "r", [&] {
      if (sorts.size() == 1) return typed_select(sorts[0], 0, true);
      return typed_list(sorts, true, [](const auto&) { return std::string("\"\""); });
    });
    if (right.empty()) return std::string();
    const std::string one = operation() + " " + right;
    // MariaDB makes derived tables of several, where two columns of one name are refused.
    if (dialect_ == Dialect::mysql && sorts.size() > 1) return one;
    return one + " " + up_to(2, one);
  });
}

std::string SqlRules::set_operation(bool pairs) {
  return rules_.add(pairs ? "sets" : "set", [&] {
    const std::string list =
        typed_list({}, pairs, [&](const std::vector<Sort>& sorts) { return set_tail(sorts); });
    return sequence({R"("SELECT " "DISTINCT "?)", rules_.share(list)});
  });
}

/// The number of rows of a subquery or of a set operation.
std::string SqlRules::counted() {
  // MySQL wants the columns of a derived table to have different names: one alone has.
  std::vector<std::string> inner{set_operation(breadth_.pairs && !strict())};
  for (const Sort sort : {Sort::number, Sort::text, Sort::day}) {
    inner.push_back(sequence({"\"SELECT \"", typed_select(sort, 1, false)}));
  }
  return R"("SELECT COUNT(*) FROM (" )" + group(either(inner)) +
         (strict() ? " \") AS rows_counted\"" : " \")\"");
}

/// Totals by group under fixed names, and a question about them.
std::string SqlRules::common_table() {
  const ThenItem first = [&](const Named& next, ItemSort sort) {
    if (sort != ItemSort::key) return std::string();
    const ThenItem second = [&](const Named& end, ItemSort item) {
      if (item != ItemSort::total) return std::string();
      return from(end, {Grouping::first, true, 1});
    };
    const std::string total = choice(typed_items(next, Sort::number, second));
    return total.empty() ? total : "\", \" " + rules_.share(total);
  };
  Branches keys = slot({}, comparable_kinds, Step::any,
                       [&](const Named& next) { return first(next, ItemSort::key); });
  const std::string inner = choice(std::move(keys));
  if (inner.empty()) return {};
  std::string name = "totals";
  const auto taken = [&name](const ScopeTable& entry) {
    return text::to_lower_ascii(entry.name) == name;
  };
  while (std::any_of(scope_.tables.begin(), scope_.tables.end(), taken)) name += "_by_item";
  const std::string from_it = literal(" FROM " + name);
  const std::string where =
      R"((" WHERE amount" (" = " | " < " | " > " | " <= " | " >= ") )" +
      group(number() + " | " + literal("(SELECT AVG(amount) FROM " + name + ")")) + ")?";
  return literal("WITH " + name + " (item, amount) AS (SELECT ") + " " + group(inner) +
         R"g( ") SELECT " (("COUNT(*)" | ("SUM" | "AVG" | "MIN" | "MAX") "(amount)") )g" + from_it +
         where + R"( | ("item" | "amount" | "item, amount") )" + from_it + where +
         R"( (" ORDER BY amount" " DESC"?)? )" + maybe(limit()) + ")";
}

}  // namespace idi::grammar
