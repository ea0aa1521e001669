// Where columns that are neither grouped nor aggregated are refused, GROUP BY must repeat what the
// list has named. The stack can remember one column: for each key a rule of its own writes it
// twice. What stands between depends on the tables of FROM, which are chosen at once here; two
// tables at most, so that few ways are open. Everything beyond gives its keys by their places.
#include <algorithm>

#include "sql_rules.hpp"

namespace idi::grammar {
namespace {

constexpr int max_tables_of_keyed = 2;

}  // namespace

/// Lists that begin with a key (before: nothing named), or go on with one after an aggregate.
Branches SqlRules::keyed_lists(const Named& before) {
  Branches branches;
  const bool first = before.mode == Named::Mode::nothing;
  for (int number = 0; number < sets_.count(); ++number) {
    const bool bare_here =
        before.mode != Named::Mode::qualified && (first || contains(before.tables, number));
    const bool qualified_here = before.mode != Named::Mode::bare;
    std::vector<Tables> around;
    for (Tables& tables :
         sets_.connected_with(number, std::min(max_tables_of_keyed, breadth_.joined))) {
      bool all = true;
      for (const int named : before.tables) all = all && contains(tables, named);
      if (all) around.push_back(std::move(tables));
    }
    const auto& columns = table(number).columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if ((kinds_of(columns[i].kind) & comparable_kinds) == 0) continue;
      const std::string where = std::to_string(number) + "-" + std::to_string(i);
      if (bare_here) {
        const Key key{number, columns[i].name, where + "b"};
        branches.push_back({key.name, keyed(key, {{number}, true})});
      }
      if (!qualified_here) continue;
      const Key key{number, table(number).name + "." + columns[i].name, where + "q"};
      for (const Tables& tables : around) {
        branches.push_back({key.name, keyed(key, {tables, false})});
      }
    }
  }
  return branches;
}

/// Behind the key: aggregates, FROM, the key again.
std::string SqlRules::keyed(const Key& key, const Place& place) {
  const std::string tables = id(place);
  const std::string middle = rules_.add("km" + tables, [&] {
    const Named named{place.bare ? Named::Mode::bare : Named::Mode::qualified, place.tables};
    const std::string items =
        up_to(options_.max_items - 1, "\", \" " + staying_item(named, {ItemSort::total}));
    std::string where;
    if (const std::string all = condition({place.tables, place.tables.size() == 1}, 0);
        !all.empty()) {
      where = " " + maybe("\" WHERE \" " + all);
    }
    return items + " " + exact_from(place.tables) + where;
  });
  const Place all{place.tables, place.tables.size() == 1};
  const std::string having_some =
      rules_.add("kh" + tables, [&] { return maybe("\" HAVING \" " + having(all, 0)); });
  const std::string order_by =
      rules_.add("ko" + tables, [&] { return number_total(all) + " " + maybe(total_tail(all)); });
  const std::string end =
      rules_.add("ke", [&] { return R"((" DESC" | " ASC")? )" + maybe(limit()); });
  return rules_.add("k" + key.rule + tables, [&] {
    const std::string name = rules_.share(literal(key.name));
    return middle + " \" GROUP BY \" " + name + " " + having_some + " (\" ORDER BY \" (" + name +
           " | " + order_by + ") " + end + " | " + maybe(limit()) + ")";
  });
}

/// " FROM " and exactly these tables.
std::string SqlRules::exact_from(const Tables& tables) {
  return rules_.add("kf" + id(tables), [&] {
    Branches branches;
    for (const int number : tables) {
      branches.push_back(
          {" FROM " + table(number).name, exact_join(without_table(tables, number), {number})});
    }
    return choice(std::move(branches));
  });
}

std::string SqlRules::exact_join(const Tables& missing, const Tables& present) {
  if (missing.empty()) return "\"\"";
  return rules_.add("kj" + id(missing) + "-" + id(present), [&] {
    Branches branches;
    for (const int added : missing) {
      const std::string keys = on(present, added);
      if (keys.empty()) continue;
      branches.push_back({" JOIN " + table(added).name + " ON ",
                          sequence({group(keys), exact_join(without_table(missing, added),
                                                            with_table(present, added))})});
    }
    return choice(std::move(branches));
  });
}

}  // namespace idi::grammar
