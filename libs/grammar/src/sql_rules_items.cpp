// The items of a SELECT list. A slot is a place where a column is named: there the list's memory
// (Named) changes, and `then` says what follows under the new one.
#include <algorithm>
#include <map>

#include "sql_rules.hpp"

namespace idi::grammar {
namespace {

/// The tables whose columns are known to be in FROM, if the list has settled that.
bool settled(const Named& named) {
  return named.mode == Named::Mode::qualified ||
         (named.mode == Named::Mode::bare && named.tables.size() == 1);
}

Place place_of(const Named& named) { return {named.tables, named.mode == Named::Mode::bare}; }

}  // namespace

/// Columns without qualifier: those tables stay possible that have all that were named.
Branches SqlRules::bare_slot(const Named& named, Kinds kinds, Step step, const Then& then) {
  std::map<std::string, Tables> owners;
  const bool nothing = named.mode == Named::Mode::nothing;
  for (int number = 0; number < sets_.count(); ++number) {
    if (!nothing && !contains(named.tables, number)) continue;
    for (const ScopeColumn& entry : table(number).columns) {
      if ((kinds_of(entry.kind) & kinds) != 0) owners[entry.name].push_back(number);
    }
  }
  Branches branches;
  const auto add = [&](const std::string& name, Tables tables) {
    const bool stays = !nothing && tables == named.tables;
    if ((step == Step::staying && !stays) || (step == Step::growing && stays)) return;
    const std::string more = then({Named::Mode::bare, std::move(tables)});
    if (!more.empty()) branches.push_back({name, more});
  };
  for (auto& [name, tables] : owners) {
    tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
    if (breadth_.shared_names) {
      add(name, std::move(tables));
    } else {
      for (const int number : tables) add(name, {number});
    }
  }
  return branches;
}

Branches SqlRules::slot(const Named& named, Kinds kinds, Step step, const Then& then) {
  Branches branches;
  if (named.mode != Named::Mode::qualified) branches = bare_slot(named, kinds, step, then);
  if (named.mode == Named::Mode::bare) return branches;
  for (int number = 0; number < sets_.count(); ++number) {
    const bool stays = contains(named.tables, number);
    if ((step == Step::staying && !stays) || (step == Step::growing && stays)) continue;
    Tables tables = with_table(named.tables, number);
    if (static_cast<int>(tables.size()) > breadth_.selected ||
        !sets_.feasible(tables, breadth_.joined)) {
      continue;
    }
    const std::string names = columns(number, kinds);
    if (names.empty()) continue;
    const std::string more = then({Named::Mode::qualified, std::move(tables)});
    if (!more.empty()) branches.push_back({table(number).name + ".", names + " " + more});
  }
  return branches;
}

/// A slot as a group, to be put behind something that is opened before: "MIN(", "COUNT(".
std::string SqlRules::open(const Named& named, Kinds kinds, Step step, const Then& then) {
  if (step == Step::staying && settled(named)) {
    return rules_.share(sequence({column(place_of(named), kinds), then(named)}));
  }
  // The names of one table go on alike: written once for all that is opened over it.
  std::map<std::string, Branches> by_end;
  for (Branch& branch : slot(named, kinds, step, then)) {
    by_end[branch.then].push_back({std::move(branch.literal), ""});
  }
  std::vector<std::string> alternatives;
  Branches few;
  for (auto& [end, names] : by_end) {
    if (names.size() > 2) {
      alternatives.push_back(rules_.share(choice(std::move(names))) + " " + end);
    } else {
      for (Branch& branch : names) few.push_back({std::move(branch.literal), end});
    }
  }
  alternatives.push_back(choice(std::move(few)));
  return rules_.share(either(alternatives));
}

/// What follows a number: operations on the tables named, or one on a column of a further table.
std::string SqlRules::after_number(const Named& named, Step step, const Then& then) {
  const std::string more = then(named);
  if (!settled(named) || more.empty()) return more;
  const std::string here = maybe(arithmetic_tail(place_of(named))) + " " + more;
  const bool may_grow = step != Step::staying && named.mode == Named::Mode::qualified;
  if (!may_grow || !breadth_.pairs) return here;
  const std::string further = open(named, number_kinds, Step::growing, then);
  if (further.empty()) return here;
  return rules_.share(here + " | " + R"((" + " | " - " | " * " | " / ") )" + further);
}

Branches SqlRules::columns_as_items(const Named& named, Step step, const ThenItem& then) {
  const Then as_key = [&](const Named& next) { return then(next, ItemSort::key); };
  Branches branches = slot(named, number_kinds, step,
                           [&](const Named& next) { return after_number(next, step, as_key); });
  append(branches, slot(named, comparable_kinds & ~number_kinds, step,
                        [&](const Named& next) { return then(next, ItemSort::key); }));
  const Kinds opaque = all_kinds & ~comparable_kinds;
  append(branches,
         slot(named, opaque, step, [&](const Named& next) { return then(next, ItemSort::plain); }));
  return branches;
}

Branches SqlRules::totals(const Named& named, Step step, const ThenItem& then) {
  Branches branches;
  const auto closed = [&](const Named& next) {
    const std::string more = then(next, ItemSort::total);
    return more.empty() ? more : "\")\" " + more;
  };
  const Then closed_sum = [&](const Named& next) {
    const std::string more = then(next, ItemSort::total);
    if (more.empty() || !settled(next)) return more.empty() ? more : "\")\" " + more;
    return "\")\" " + maybe(total_tail(place_of(next))) + " " + more;
  };
  const Then sum_then = [&](const Named& next) { return after_number(next, step, closed_sum); };
  if (step != Step::growing) {
    if (const std::string more = then(named, ItemSort::total); !more.empty()) {
      branches.push_back({"COUNT(*)", more});
    }
  }
  const std::string any = open(named, ordered_kinds, step, closed);
  if (!any.empty()) {
    for (const char* name : {"COUNT(", "COUNT(DISTINCT "}) branches.push_back({name, any});
  }
  const std::string sums = open(named, number_kinds, step, sum_then);
  if (!sums.empty()) {
    for (const char* name : {"SUM(", "AVG(", "MIN(", "MAX("}) branches.push_back({name, sums});
  }
  const std::string others = open(named, ordered_kinds & ~number_kinds, step, closed);
  if (!others.empty()) {
    for (const char* name : {"MIN(", "MAX("}) branches.push_back({name, others});
  }
  // Division of whole numbers is whole in two dialects, which nobody who asks expects.
  if (dialect_ == Dialect::mysql) return branches;
  const auto ratio = [&](const Named& next) {
    const std::string more = then(next, ItemSort::total);
    if (more.empty() || !settled(next)) return std::string();
    const Place place = place_of(next);
    return maybe(arithmetic_tail(place)) + " " + literal(")" + cast_end() + " / ") + " " +
           divisor(number_total(place)) + " " + more;
  };
  const std::string ratios = open(named, number_kinds, step, ratio);
  if (!ratios.empty()) {
    for (const char* name : {"SUM(", "AVG(", "MIN(", "MAX("}) {
      branches.push_back({std::string("CAST(") + name, ratios});
    }
  }
  return branches;
}

std::string SqlRules::after_day(const Function& function, const Named& next, const ThenItem& then) {
  if (!function.again.empty() && !settled(next)) return {};
  return sequence({function_end(function, place_of(next)), then(next, ItemSort::key)});
}

Branches SqlRules::functions(const Named& named, Step step, const ThenItem& then) {
  Branches branches;
  for (const Function& function : day_functions()) {
    append(branches, prefixed(function.before, slot(named, day_kinds, step, [&](const Named& next) {
                                return after_day(function, next, then);
                              })));
  }
  return branches;
}

/// What is written only once the list has named a table, or as its first item.
Branches SqlRules::windows_and_cases(const Named& named, Step step, const ThenItem& then) {
  Branches branches;
  const std::string ranked = open(named, comparable_kinds, step, [&](const Named& next) {
    const std::string more = then(next, ItemSort::plain);
    return more.empty() ? more : R"g((" DESC")? ")" )g" + more;
  });
  if (!ranked.empty()) {
    for (const char* name : {"RANK() OVER (ORDER BY ", "ROW_NUMBER() OVER (ORDER BY "}) {
      branches.push_back({name, ranked});
    }
  }
  std::vector<Named> cases;
  if (settled(named)) {
    cases.push_back(named);
  } else {
    for (int number = 0; number < sets_.count(); ++number) {
      const bool possible = named.mode == Named::Mode::nothing || contains(named.tables, number);
      if (possible) cases.push_back({Named::Mode::bare, {number}});
    }
  }
  for (const Named& next : cases) {
    const Place place = place_of(next);
    const std::string when = comparison(place, options_.max_depth);
    if (when.empty()) continue;
    if (const std::string more = then(next, ItemSort::key); !more.empty()) {
      branches.push_back({"CASE WHEN ", when + " \" THEN \" " +
                                            group(free_text() + " \" ELSE \" " + free_text()) +
                                            " \" END\" " + more});
    }
    if (const std::string more = then(next, ItemSort::key); !more.empty()) {
      append(branches, followed(days_between(place), more));
    }
    const std::string more = then(next, ItemSort::total);
    if (more.empty()) continue;
    for (Branches totals : {partial_totals(place), shares(place), total_days(place)}) {
      append(branches, followed(std::move(totals), more));
    }
  }
  return branches;
}

/// One more item over what is named already.
std::string SqlRules::staying_item(const Named& named, const std::vector<ItemSort>& sorts) {
  std::string name = "i" + id(named.tables) + (named.mode == Named::Mode::bare ? "b" : "q");
  for (const ItemSort sort : sorts) name += std::to_string(static_cast<int>(sort));
  return rules_.add(name, [&] {
    const ThenItem then = [&](const Named&, ItemSort sort) {
      const bool wanted = std::find(sorts.begin(), sorts.end(), sort) != sorts.end();
      return std::string(wanted ? "\"\"" : "");
    };
    Branches branches = columns_as_items(named, Step::staying, then);
    append(branches, totals(named, Step::staying, then));
    append(branches, functions(named, Step::staying, then));
    if (settled(named)) append(branches, windows_and_cases(named, Step::staying, then));
    return choice(std::move(branches));
  });
}

/// The single item of a subquery or of a part of a set operation.
Branches SqlRules::typed_items(const Named& named, Sort sort, const ThenItem& then) {
  const Kinds kinds = kinds_of_sort(sort);
  const auto closed = [&](const Named& next) {
    const std::string more = then(next, ItemSort::total);
    return more.empty() ? more : "\")\" " + more;
  };
  Branches branches =
      slot(named, kinds, Step::any, [&](const Named& next) { return then(next, ItemSort::key); });
  std::vector<const char*> totals{"MIN(", "MAX("};
  if (sort == Sort::number) {
    totals.insert(totals.end(), {"SUM(", "AVG("});
    if (const std::string more = then(named, ItemSort::total); !more.empty()) {
      branches.push_back({"COUNT(*)", more});
    }
    const std::string any = open(named, ordered_kinds, Step::any, closed);
    if (!any.empty()) {
      for (const char* name : {"COUNT(", "COUNT(DISTINCT "}) branches.push_back({name, any});
    }
  }
  const std::string own = open(named, kinds, Step::any, closed);
  if (!own.empty()) {
    for (const char* name : totals) branches.push_back({name, own});
  }
  for (const Function& function : day_functions()) {
    if (function.sort != sort) continue;
    append(branches,
           prefixed(function.before, slot(named, day_kinds, Step::any, [&](const Named& next) {
                      return after_day(function, next, then);
                    })));
  }
  return branches;
}

}  // namespace idi::grammar
