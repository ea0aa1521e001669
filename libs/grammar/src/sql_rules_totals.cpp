// Aggregates that are numbers: plain ones, of some of the rows, in percent; and days between times.
#include "sql_rules.hpp"

namespace idi::grammar {

/// PostgreSQL refuses to divide by 0; to_sql tells it not to.
std::string SqlRules::divisor(const std::string& number) const {
  if (dialect_ != Dialect::postgres) return number;
  return "\"NULLIF(\" " + number + " \", 0)\"";
}

/// An aggregate that is a number.
std::string SqlRules::number_total(const Place& place) {
  return rules_.add("n" + id(place), [&] {
    Branches branches{{"COUNT(*)", ""}};
    if (const std::string any = column(place, comparable_kinds); !any.empty()) {
      branches.push_back({"COUNT(", any + " \")\""});
      branches.push_back({"COUNT(DISTINCT ", any + " \")\""});
    }
    if (has(place, number_kinds)) {
      for (const char* name : {"SUM(", "AVG(", "MIN(", "MAX("}) {
        branches.push_back({name, sum(place) + " \")\""});
      }
    }
    append(branches, partial_totals(place));
    append(branches, total_days(place));
    return choice(std::move(branches));
  });
}

/// " - MIN(age)", " * 100": what may follow a number that is an aggregate.
std::string SqlRules::total_tail(const Place& place) {
  return rules_.add("m" + id(place), [&] {
    return R"((" + " | " - " | " * " | " / ") )" + group(either({number_total(place), positive()}));
  });
}

/// Of the rows that fulfil a condition, and how many percent they are.
Branches SqlRules::partial_totals(const Place& place) {
  const std::string when = comparison(place, options_.max_depth);
  if (when.empty()) return {};
  Branches branches;
  const auto add = [&](const std::string& before, const std::vector<std::string>& parts) {
    if (const std::string all = sequence(parts); !all.empty()) {
      branches.push_back({before, rules_.share(when + " " + all)});
    }
  };
  const std::string numbers = column(place, kinds_of(ColumnKind::number));
  add("COUNT(CASE WHEN ", {literal(" THEN 1 END)")});
  add("COUNT(DISTINCT CASE WHEN ",
      {literal(" THEN "), column(place, comparable_kinds), literal(" END)")});
  add("SUM(CASE WHEN ",
      {literal(" THEN "), group(either({positive(), numbers})), literal(" ELSE 0 END)")});
  for (const char* before : {"AVG(CASE WHEN ", "MIN(CASE WHEN ", "MAX(CASE WHEN "}) {
    add(before, {literal(" THEN "), numbers, literal(" END)")});
  }
  add("100.0 * COUNT(CASE WHEN ", {literal(" THEN 1 END) / "), divisor(literal("COUNT(*)"))});
  if (!numbers.empty()) {
    add("100.0 * SUM(CASE WHEN ", {literal(" THEN "), numbers, literal(" ELSE 0 END) / "),
                                   divisor("\"SUM(\" " + numbers + " \")\"")});
  }
  return branches;
}

/// In percent of all groups together: an item, never a condition.
Branches SqlRules::shares(const Place& place) {
  Branches branches{{"100.0 * COUNT(*) / ", divisor(literal("SUM(COUNT(*)) OVER ()"))}};
  const std::string numbers = column(place, kinds_of(ColumnKind::number));
  if (numbers.empty()) return branches;
  const std::string all = "\"SUM(SUM(\" " + numbers + " \")) OVER ()\"";
  branches.push_back({"100.0 * SUM(", numbers + " \") / \" " + divisor(all)});
  return branches;
}

Branches SqlRules::days_between(const Place& place) {
  const std::string days = column(place, day_kinds);
  if (days.empty()) return {};
  std::string before, middle, after;
  switch (dialect_) {
    case Dialect::sqlite:
      before = "JULIANDAY(";
      middle = ") - JULIANDAY(";
      after = ")";
      break;
    case Dialect::postgres:
      before = "EXTRACT(EPOCH FROM (CAST(";
      middle = " AS timestamp) - CAST(";
      after = " AS timestamp))) / 86400";
      break;
    case Dialect::mysql:
      before = "TIMESTAMPDIFF(SECOND, TIMESTAMP(";
      middle = "), TIMESTAMP(";
      after = ")) / 86400";
      break;
  }
  const std::string rest = rules_.add("b" + id(place), [&] {
    return days + " " + literal(middle) + " " + days + " " + literal(after);
  });
  return {{before, rest}};
}

Branches SqlRules::total_days(const Place& place) {
  Branches branches;
  for (const Branch& days : days_between(place)) {
    for (const char* name : {"AVG(", "SUM(", "MIN(", "MAX("}) {
      branches.push_back({name + days.literal, days.then + " \")\""});
    }
  }
  return branches;
}

}  // namespace idi::grammar
