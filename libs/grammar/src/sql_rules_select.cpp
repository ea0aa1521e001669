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
    statements.push_back(set_operation());
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
    if (!distinct) {
      const Items all = strict() ? Items::plain : Items::any;
      branches.push_back({"*", endings(nothing, all)});
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
    more.push_back(choice(std::move(growing)));
    const std::string items_then = either(more);
    std::string ends = endings(named, items);
    if (!items_then.empty()) ends = group("\", \" " + group(items_then) + " | " + ends);
    return run.empty() ? ends : run + " " + ends;
  });
}

std::string SqlRules::endings(const Named& named, Items items) {
  std::vector<std::string> all;
  for (const Grouping grouping : groupings(items)) all.push_back(from(named, {grouping, false, 0}));
  return all.size() == 1 ? all[0] : group(either(all));
}

// ---- subqueries and set operations: one item, or two

std::string SqlRules::typed_rest(const Named& named, Items items, int depth, bool part) {
  std::vector<std::string> all;
  for (const Grouping grouping : groupings(items))
    all.push_back(from(named, {grouping, part, depth}));
  return all.size() == 1 ? all[0] : group(either(all));
}

/// Behind "SELECT ": one item of the sort, and the rest of that SELECT.
std::string SqlRules::typed_select(Sort sort, int depth, bool part) {
  return rules_.add("q" + letter(sort) + std::to_string(depth) + (part ? "s" : ""), [&] {
    const Items before = strict() ? Items::none : Items::any;
    const ThenItem then = [&](const Named& next, ItemSort item) {
      const auto items = after(before, item);
      return items ? typed_rest(next, *items, depth, part) : std::string();
    };
    std::string list = choice(typed_items({}, sort, then));
    if (list.empty()) return list;
    if (!strict()) return "\"DISTINCT \"? " + group(list);
    const ThenItem unique = [&](const Named& next, ItemSort item) {
      return item == ItemSort::key ? typed_rest(next, Items::unique, depth, part) : std::string();
    };
    const std::string distinct =
        choice(slot({}, kinds_of_sort(sort), Step::any,
                    [&](const Named& next) { return unique(next, ItemSort::key); }));
    return list + " | \"DISTINCT \" " + group(distinct);
  });
}

/// "(SELECT …)"; after IN the parenthesis is open already, and LIMIT is refused by MySQL.
std::string SqlRules::subquery(Sort sort, int depth, bool after_in) {
  const std::string select = typed_select(sort, depth, after_in && strict());
  if (select.empty()) return {};
  return (after_in ? "\"SELECT \" " : "\"(SELECT \" ") + select + " \")\"";
}

std::string SqlRules::set_tail(const std::vector<Sort>& sorts) {
  std::string name = "u";
  for (const Sort sort : sorts) name += letter(sort);
  return rules_.add(name, [&] {
    const std::string right = rules_.add(name + "r", [&] {
      if (sorts.size() == 1) return typed_select(sorts[0], 0, true);
      const Items before = strict() ? Items::none : Items::any;
      const ThenItem then = [&](const Named& next, ItemSort item) {
        const auto items = after(before, item);
        if (!items || next.mode == Named::Mode::nothing) return std::string();
        const ThenItem last = [&](const Named& end, ItemSort second) {
          const auto all = after(*items, second);
          return all ? typed_rest(end, *all, 0, true) : std::string();
        };
        const std::string second = choice(typed_items(next, sorts[1], last));
        return second.empty() ? second : "\", \" " + rules_.share(second);
      };
      return choice(typed_items({}, sorts[0], then));
    });
    const std::string operation = rules_.add("operation", [] {
      return std::string(R"(" UNION SELECT " | " INTERSECT SELECT " | " EXCEPT SELECT ")");
    });
    if (right.empty()) return std::string();
    return operation + " " + right + " " + up_to(2, operation + " " + right);
  });
}

std::string SqlRules::set_operation() {
  return rules_.add("sets", [&] {
    std::vector<std::string> all;
    for (const Sort sort : {Sort::number, Sort::text, Sort::day}) {
      all.push_back(sequence({"\"SELECT \"", typed_select(sort, 0, true), set_tail({sort})}));
    }
    return either(all);
  });
}

/// The number of rows of a subquery or of a set operation.
std::string SqlRules::counted() {
  std::vector<std::string> inner{set_operation()};
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
