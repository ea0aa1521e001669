// FROM: the joins that contain what the SELECT list has named, and the clauses behind them.
#include <algorithm>

#include "sql_rules.hpp"

namespace idi::grammar {
namespace {

std::string code(const Ending& ending) {
  static constexpr std::string_view letters = "fpt12b";
  std::string name(1, letters[static_cast<std::size_t>(ending.grouping)]);
  if (ending.part) name += "s";
  return name + std::to_string(ending.depth);
}

}  // namespace

int SqlRules::joined(const Ending& ending) const {
  if (ending.depth > 1) return 1;
  return ending.depth > 0 || ending.part ? std::min(breadth_.joined, breadth_.joined_inside)
                                         : breadth_.joined;
}

/// " FROM " and everything behind it.
std::string SqlRules::from(const Named& named, const Ending& ending) {
  const auto name = [&](const char* mode) {
    return std::string("f") + mode + id(named.tables) + "-" + code(ending);
  };
  switch (named.mode) {
    case Named::Mode::bare:
      return rules_.add(name("b"), [&] {
        Branches branches;
        for (const int number : named.tables) {
          const std::string then = clauses({{number}, true}, ending);
          branches.push_back({" FROM " + table(number).name, then});
        }
        return choice(std::move(branches));
      });
    case Named::Mode::nothing:
    case Named::Mode::qualified:
      break;
  }
  return rules_.add(name("q"), [&] {
    Branches branches;
    const int limit = joined(ending);
    for (int number = 0; number < sets_.count(); ++number) {
      // Where the list names several tables it begins with one of these, which spares many rules.
      if (named.tables.size() > 1 && !contains(named.tables, number)) continue;
      if (!sets_.feasible(with_table(named.tables, number), limit)) continue;
      branches.push_back({" FROM " + table(number).name,
                          join(without_table(named.tables, number), {number}, ending)});
    }
    return choice(std::move(branches));
  });
}

/// Behind the tables that are joined already, while some are missing.
std::string SqlRules::join(const Tables& missing, const Tables& present, const Ending& ending) {
  const std::string name = "j" + id(missing) + "-" + id(present) + "-" + code(ending);
  return rules_.add(name, [&] {
    std::string ends;
    if (missing.empty()) ends = clauses({present, present.size() == 1}, ending);
    Branches branches;
    if (static_cast<int>(present.size()) < joined(ending)) {
      for (const int added : sets_.around(present)) {
        Tables all = with_table(present, added);
        const Tables left = without_table(missing, added);
        for (const int number : left) all = with_table(std::move(all), number);
        if (!sets_.feasible(all, joined(ending))) continue;
        branches.push_back(
            {table(added).name + " ON ",
             sequence({on(present, added), join(left, with_table(present, added), ending)})});
      }
    }
    if (branches.empty()) return ends;
    const std::string word =
        rules_.add("join", [] { return std::string(R"(" JOIN " | " LEFT JOIN ")"); });
    return either({ends, word + " " + group(choice(std::move(branches)))});
  });
}

std::string SqlRules::on(const Tables& present, int added) {
  std::vector<std::string> keys;
  for (const int number : present) keys.push_back(key_between(number, added));
  const std::string all = either(keys);
  return std::count_if(keys.begin(), keys.end(), [](const auto& key) { return !key.empty(); }) > 1
             ? group(all)
             : all;
}

/// The equalities that join two tables, written either way round.
std::string SqlRules::key_between(int a, int b) {
  const auto pair = std::minmax(a, b);
  const std::string name = "b" + std::to_string(pair.first) + "-" + std::to_string(pair.second);
  return rules_.add(name, [&] {
    Branches equal;
    const auto add = [&](const auto& keys) {
      const auto found = keys.find(pair);
      if (found == keys.end()) return;
      for (const JoinKey& key : found->second) {
        equal.push_back({key.left + " = " + key.right, ""});
        equal.push_back({key.right + " = " + key.left, ""});
      }
    };
    add(scope_.keys);
    const std::size_t proper = equal.size();
    if (breadth_.siblings) add(scope_.sibling_keys);
    const bool unlinked =
        breadth_.unlinked && std::find(scope_.unlinked.begin(), scope_.unlinked.end(),
                                       std::pair<int, int>(pair)) != scope_.unlinked.end();
    if (unlinked) {
      for (const Kinds kinds : joinable_kinds) {
        const std::string left = columns(pair.first, kinds);
        const std::string right = columns(pair.second, kinds);
        if (left.empty() || right.empty()) continue;
        equal.push_back({table(pair.first).name + ".",
                         sequence({left, literal(" = " + table(pair.second).name + "."), right})});
      }
    }
    // A key of two columns: both must be equal.
    const std::string one = choice(equal);
    if (proper < 4 || one.empty()) return one;
    return group(one) + " (\" AND \" " + group(one) + ")?";
  });
}

/// WHERE, GROUP BY, HAVING, ORDER BY, LIMIT over the tables of FROM.
std::string SqlRules::clauses(const Place& place, const Ending& ending) {
  return rules_.add("t" + id(place) + "-" + code(ending), [&] {
    std::string where = "\"\" ";
    if (const std::string all = condition(place, ending.depth); !all.empty()) {
      where = maybe("\" WHERE \" " + all) + " ";
    }
    const std::string most = ending.part ? std::string() : " " + maybe(limit());
    switch (ending.grouping) {
      case Grouping::free:
        return where + maybe(group_clauses(place, ending)) + most;
      case Grouping::plain:
        return where + (ending.part ? "" : maybe(order(place, false, ending))) + most;
      case Grouping::total:
        return where + (ending.part ? "" : R"((" ORDER BY 1" " DESC"?)?)") + most;
      default:
        return where + group_clauses(place, ending) + most;
    }
  });
}

std::string SqlRules::group_clauses(const Place& place, const Ending& ending) {
  return rules_.add("g" + id(place) + "-" + code(ending), [&] {
    std::string keys;
    switch (ending.grouping) {
      case Grouping::first:
        keys = "\"1\"";
        break;
      case Grouping::second:
        keys = "\"2\"";
        break;
      case Grouping::both:
        keys = "\"1, 2\"";
        break;
      default: {
        const std::string key = rules_.add("l" + id(place), [&] {
          Branches branches = column_branches(place, comparable_kinds, "");
          append(branches, function_branches(place, [](Sort) { return std::string("\"\""); }));
          return choice(std::move(branches));
        });
        if (!key.empty()) keys = key + " " + up_to(3, "\", \" " + key);
      }
    }
    std::string grouped;
    if (!keys.empty()) {
      grouped =
          "\" GROUP BY \" " + keys + " " + maybe("\" HAVING \" " + having(place, ending.depth));
      if (!ending.part) grouped += " " + maybe(order(place, true, ending));
    }
    if (ending.grouping != Grouping::free || ending.part) return grouped;
    return either({grouped, order(place, false, ending)});
  });
}

std::string SqlRules::order(const Place& place, bool grouped, const Ending& ending) {
  // Where keys are given by their places, columns cannot be known to be keys.
  const bool places = ending.grouping != Grouping::free && ending.grouping != Grouping::plain;
  const char* second = ending.grouping == Grouping::second ? "2" : "1";
  const std::string name = "ob" + id(place) + "-" + (places ? second : grouped ? "g" : "f");
  return rules_.add(name, [&] {
    Branches keys;
    if (places) keys.push_back({second, ""});
    if (!places) {
      append(keys, column_branches(place, comparable_kinds, ""));
      if (has(place, number_kinds)) {
        append(keys, column_branches(place, number_kinds, arithmetic_tail(place)));
      }
      append(keys, function_branches(place, [](Sort) { return std::string("\"\""); }));
      append(keys, days_between(place));
    }
    std::vector<std::string> all{choice(std::move(keys))};
    if (grouped) all.push_back(number_total(place) + " " + maybe(total_tail(place)));
    if (all.size() == 1 && all[0].empty()) return std::string();
    const std::string key =
        rules_.add(name + "k", [&] { return group(either(all)) + R"( (" DESC" | " ASC")?)"; });
    return "\" ORDER BY \" " + key + " " + up_to(2, "\", \" " + key);
  });
}

}  // namespace idi::grammar
