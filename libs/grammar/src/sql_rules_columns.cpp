#include <algorithm>

#include "sql_rules.hpp"

namespace idi::grammar {

std::string sequence(const std::vector<std::string>& parts) {
  std::string result;
  for (const std::string& part : parts) {
    if (part.empty()) return {};
    if (!result.empty()) result += ' ';
    result += part;
  }
  return result;
}

std::string maybe(const std::string& expression) {
  return expression.empty() ? "\"\"" : group(expression) + "?";
}

Branches prefixed(const std::string& before, Branches branches) {
  for (Branch& branch : branches) branch.literal.insert(0, before);
  return branches;
}

Branches followed(Branches branches, const std::string& then) {
  for (Branch& branch : branches) branch.then += (branch.then.empty() ? "" : " ") + then;
  return branches;
}

Kinds kinds_of_sort(Sort sort) {
  switch (sort) {
    case Sort::number:
      return number_kinds;
    case Sort::text:
      return text_kinds;
    case Sort::day:
      break;
  }
  return day_kinds;
}

std::string letter(Sort sort) {
  return sort == Sort::number ? "n" : sort == Sort::text ? "t" : "d";
}

std::string SqlRules::id(const Tables& tables) {
  const auto [at, added] = ids_.emplace(tables, static_cast<int>(ids_.size()));
  return std::to_string(at->second);
}

bool SqlRules::has(const Place& place, Kinds kinds) const {
  return std::any_of(place.tables.begin(), place.tables.end(),
                     [&](int number) { return table(number).has(kinds); });
}

std::string SqlRules::columns(int number, Kinds kinds) {
  // The same names for different kinds are one rule.
  Kinds present = 0;
  for (const ScopeColumn& entry : table(number).columns) present |= kinds_of(entry.kind) & kinds;
  if (present == 0) return {};
  return rules_.add("c" + std::to_string(number) + "-" + std::to_string(present), [&] {
    Branches names;
    for (const ScopeColumn& entry : table(number).columns) {
      if ((kinds_of(entry.kind) & present) != 0) names.push_back({entry.name, ""});
    }
    return choice(std::move(names));
  });
}

Branches SqlRules::column_branches(const Place& place, Kinds kinds, const std::string& then) {
  Branches branches;
  for (const int number : place.tables) {
    const std::string names = columns(number, kinds);
    if (names.empty()) continue;
    branches.push_back({table(number).name + ".", then.empty() ? names : names + " " + then});
    if (!place.bare) continue;
    for (const ScopeColumn& entry : table(number).columns) {
      if ((kinds_of(entry.kind) & kinds) != 0) branches.push_back({entry.name, then});
    }
  }
  return branches;
}

std::string SqlRules::column(const Place& place, Kinds kinds) {
  if (!has(place, kinds)) return {};
  Kinds present = 0;
  for (const int number : place.tables) {
    for (const ScopeColumn& entry : table(number).columns) present |= kinds_of(entry.kind) & kinds;
  }
  return rules_.add("k" + id(place) + "-" + std::to_string(present),
                    [&] { return choice(column_branches(place, present, "")); });
}

/// " + price", " * 2": what may follow a number.
std::string SqlRules::arithmetic_tail(const Place& place) {
  if (!has(place, number_kinds)) return {};
  return rules_.add("a" + id(place), [&] {
    const std::string operand = rules_.add("o" + id(place), [&] {
      return either({column(place, number_kinds), positive()});
    });
    const std::string operators =
        rules_.add("operator", [] { return std::string(R"(" + " | " - " | " * " | " / ")"); });
    const std::string step = operators + " " + operand;
    const std::string inner =
        R"( | " * (" )" + operand + R"( (" + " | " - ") )" + operand + " \")\"";
    return group(step + inner) + " " + maybe(step);
  });
}

/// A numeric expression.
std::string SqlRules::sum(const Place& place) {
  if (!has(place, number_kinds)) return {};
  return rules_.add("e" + id(place), [&] {
    const std::string names = column(place, number_kinds);
    std::string ratio;
    if (dialect_ != Dialect::mysql) {
      ratio = sequence({literal("CAST("), names, literal(cast_end() + " / "), divisor(names)});
    }
    return either({names + " " + maybe(arithmetic_tail(place)), ratio});
  });
}

std::string SqlRules::cast_end() const {
  if (dialect_ == Dialect::mysql) return {};
  return dialect_ == Dialect::sqlite ? " AS REAL)" : " AS double precision)";
}

std::vector<SqlRules::Function> SqlRules::day_functions() const {
  switch (dialect_) {
    case Dialect::sqlite:
      return {{"CAST(STRFTIME('%Y', ", ") AS INTEGER)", Sort::number},
              {"CAST(STRFTIME('%m', ", ") AS INTEGER)", Sort::number},
              {"CAST(STRFTIME('%d', ", ") AS INTEGER)", Sort::number},
              {"STRFTIME('%Y-%m', ", ")", Sort::text},
              {"STRFTIME('%Y', ", ") || '-Q' || ((STRFTIME('%m', ", Sort::text, ") + 2) / 3)"},
              {"DATE(", ", 'weekday 0', '-6 days')", Sort::day},
              {"CASE STRFTIME('%w', ",
               ") WHEN '0' THEN 'Sunday' WHEN '1' THEN 'Monday' WHEN '2' THEN 'Tuesday' WHEN '3' "
               "THEN 'Wednesday' WHEN '4' THEN 'Thursday' WHEN '5' THEN 'Friday' WHEN '6' THEN "
               "'Saturday' END",
               Sort::text},
              {"DATE(", ")", Sort::day}};
    case Dialect::postgres:
      return {{"EXTRACT(YEAR FROM ", ")", Sort::number},
              {"EXTRACT(MONTH FROM ", ")", Sort::number},
              {"EXTRACT(DAY FROM ", ")", Sort::number},
              {"TO_CHAR(", ", 'YYYY-MM')", Sort::text},
              {"TO_CHAR(", ", 'YYYY-\"Q\"Q')", Sort::text},
              {"CAST(DATE_TRUNC('week', ", ") AS date)", Sort::day},
              {"TO_CHAR(", ", 'FMDay')", Sort::text},
              {"CAST(", " AS date)", Sort::day}};
    case Dialect::mysql:
      break;
  }
  return {{"YEAR(", ")", Sort::number},
          {"MONTH(", ")", Sort::number},
          {"DAY(", ")", Sort::number},
          {"DATE_FORMAT(", ", '%Y-%m')", Sort::text},
          {"CONCAT(YEAR(", "), '-Q', QUARTER(", Sort::text, "))"},
          {"DATE_SUB(DATE(", "), INTERVAL WEEKDAY(", Sort::day, ") DAY)"},
          {"ELT(DAYOFWEEK(",
           "), 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday')",
           Sort::text},
          {"DATE(", ")", Sort::day}};
}

/// What follows the column of a function: for some, the column again (which one, nobody can count).
std::string SqlRules::function_end(const Function& function, const Place& place) {
  if (function.again.empty()) return rules_.share(literal(function.after));
  const std::string again = column(place, day_kinds);
  if (again.empty()) return {};
  return rules_.share(literal(function.after) + " " + again + " " + literal(function.again));
}

/// Parts of the times that `place` has, each with what follows by its sort.
Branches SqlRules::function_branches(const Place& place,
                                     const std::function<std::string(Sort)>& then) {
  Branches branches;
  const std::string days = column(place, day_kinds);
  if (days.empty()) return branches;
  for (const Function& function : day_functions()) {
    const std::string end = function_end(function, place) + " " + then(function.sort);
    branches.push_back({function.before, days + " " + end});
  }
  return branches;
}

}  // namespace idi::grammar
