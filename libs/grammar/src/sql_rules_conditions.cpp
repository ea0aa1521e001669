// WHERE and HAVING.
#include "sql_rules.hpp"

namespace idi::grammar {

std::string SqlRules::condition(const Place& place, int depth) {
  return rules_.add("w" + id(place) + "-" + std::to_string(depth), [&] {
    const std::string one = comparison(place, depth);
    if (one.empty()) return std::string();
    const std::string both = rules_.add("both", [] { return std::string(R"(" AND " | " OR ")"); });
    const std::string term = rules_.add("v" + id(place) + "-" + std::to_string(depth), [&] {
      return one + R"( | "(" )" + one + " " + group(both + " " + one) + "{1,4} \")\"";
    });
    return term + " " + up_to(options_.max_items - 1, both + " " + term);
  });
}

std::string SqlRules::comparison(const Place& place, int depth) {
  return rules_.add("p" + id(place) + "-" + std::to_string(depth), [&] {
    Branches branches;
    for (const int number : place.tables) {
      const std::string own = rules_.add("y" + std::to_string(number) + "-" + std::to_string(depth),
                                         [&] { return choice(table_comparisons(number, depth)); });
      if (!own.empty()) branches.push_back({table(number).name + ".", own});
      if (place.bare) append(branches, table_comparisons(number, depth));
      if (depth >= options_.max_depth) continue;
      for (const int inner : sets_.neighbours(number)) {
        if (contains(place.tables, inner)) continue;
        const std::string rule = exists(number, inner, depth);
        if (rule.empty()) continue;
        branches.push_back({"EXISTS (SELECT 1 FROM ", rule});
        branches.push_back({"NOT EXISTS (SELECT 1 FROM ", rule});
      }
    }
    append(branches, column_comparisons(place));
    append(branches, function_branches(place, [&](Sort sort) {
             return kind_tail(sort == Sort::number ? ColumnKind::number
                              : sort == Sort::text ? ColumnKind::text
                                                   : ColumnKind::date,
                              depth);
           }));
    append(branches, followed(days_between(place), kind_tail(ColumnKind::number, depth)));
    if (dialect_ == Dialect::postgres) {
      const std::string cast = column(place, number_kinds | day_kinds);
      if (!cast.empty()) {
        branches.push_back(
            {"CAST(", cast + R"g( " AS text)" ("" | " NOT") " ILIKE " )g" + pattern()});
      }
    }
    return choice(std::move(branches));
  });
}

/// Comparisons of one table's columns with values and subqueries.
Branches SqlRules::table_comparisons(int number, int depth) {
  Branches branches;
  const ScopeTable& entry = table(number);
  for (std::size_t i = 0; i < entry.columns.size(); ++i) {
    branches.push_back({entry.columns[i].name, tail_of(entry.columns[i], number, i, depth)});
  }
  return branches;
}

/// Comparisons of columns with columns, and of sums.
Branches SqlRules::column_comparisons(const Place& place) {
  Branches branches;
  const std::string compare = rules_.add(
      "compare", [] { return std::string(R"(" = " | " != " | " < " | " > " | " <= " | " >= ")"); });
  if (has(place, number_kinds)) {
    const std::string then = rules_.add("x" + id(place), [&] {
      const std::string names = column(place, number_kinds);
      return compare + " " + names + " | " + arithmetic_tail(place) + " " + compare + " " +
             group(number() + " | " + names);
    });
    append(branches, column_branches(place, number_kinds, then));
  }
  const auto alike = [&](Kinds kinds, const char* name) {
    if (!has(place, kinds)) return;
    const std::string then = rules_.add(name + id(place), [&] {
      return sequence({compare, column(place, kinds)});
    });
    append(branches, column_branches(place, kinds, then));
  };
  alike(text_kinds, "xt");
  alike(day_kinds, "xd");
  return branches;
}

/// Rows of `inner` that belong to the row of `outer`.
std::string SqlRules::exists(int outer, int inner, int depth) {
  return rules_.add(
      "x" + std::to_string(outer) + "-" + std::to_string(inner) + "-" + std::to_string(depth), [&] {
        const Place place{{inner}, true};
        // One more condition, and within it no further subquery.
        const std::string more = comparison(place, options_.max_depth);
        return sequence({literal(table(inner).name + " WHERE "), key_between(outer, inner),
                         maybe(sequence({literal(" AND "), more})), literal(")")});
      });
}

/// A column with known values has a tail of its own: these first, then what others have.
std::string SqlRules::tail_of(const ScopeColumn& entry, int number, std::size_t index, int depth) {
  const bool takes_values = entry.kind == ColumnKind::text ||
                            (dialect_ == Dialect::sqlite && entry.kind != ColumnKind::number);
  if (entry.values.empty() || !takes_values) return kind_tail(entry.kind, depth);
  const std::string where = std::to_string(number) + "-" + std::to_string(index);
  return rules_.add("t" + where + "-" + std::to_string(depth) + "v", [&] {
    std::vector<std::string> values{rules_.add("value" + where, [&] {
      Branches known;
      for (const std::string& value : entry.values) known.push_back({value, ""});
      return choice(std::move(known));
    })};
    if (!entry.closed) {
      values.push_back(free_text());
      if (entry.kind == ColumnKind::loose) values.push_back(this->number());
      if (entry.kind == ColumnKind::moment) values.push_back(moment());
      if (entry.kind == ColumnKind::truth) values.push_back(truth());
    }
    return tail("z" + where, values, {entry.kind == ColumnKind::moment ? Sort::day : Sort::text},
                entry.kind != ColumnKind::truth, true, depth);
  });
}

std::string SqlRules::kind_tail(ColumnKind kind, int depth) {
  switch (kind) {
    case ColumnKind::number:
      return tail("zn", {number()}, {Sort::number}, true, false, depth);
    case ColumnKind::text:
      return tail("zt", {free_text()}, {Sort::text}, true, true, depth);
    case ColumnKind::date:
      return tail("zd", {date()}, {Sort::day}, true, dialect_ == Dialect::mysql, depth);
    case ColumnKind::moment:
      return tail("zm", {moment()}, {Sort::day}, true, dialect_ != Dialect::postgres, depth);
    case ColumnKind::clock:
      return tail("zc", {clock()}, {}, true, false, depth);
    case ColumnKind::truth:
      return tail("zb", {truth()}, {}, false, false, depth);
    case ColumnKind::loose:
      return tail("zl", {number(), free_text()}, {Sort::number, Sort::text}, true, true, depth);
    case ColumnKind::opaque:
      break;
  }
  return tail("zo", {}, {}, false, false, depth);
}

/// What may follow a column (or another left side): " = 3", " IN (SELECT …)", " IS NULL".
std::string SqlRules::tail(const std::string& name, const std::vector<std::string>& values,
                           const std::vector<Sort>& sorts, bool ordered, bool patterns, int depth) {
  const std::string suffix = "-" + std::to_string(depth);
  return rules_.add(name + suffix, [&] {
    Branches branches{{" IS NULL", ""}, {" IS NOT NULL", ""}};
    if (values.empty()) return choice(std::move(branches));
    const std::string value = rules_.add(name + "v", [&] { return either(values); });
    const bool nested = depth < options_.max_depth;
    const std::string right = rules_.add(name + "r" + suffix, [&] {
      std::vector<std::string> sides{value};
      for (const Sort sort : sorts) {
        if (nested) sides.push_back(subquery(sort, depth + 1, false));
      }
      return either(sides);
    });
    const std::string list = rules_.add(name + "l" + suffix, [&] {
      std::vector<std::string> lists{value + " " +
                                     up_to(options_.max_items - 1, "\", \" " + value) + " \")\""};
      for (const Sort sort : sorts) {
        if (nested) lists.push_back(subquery(sort, depth + 1, true));
      }
      return either(lists);
    });
    for (const char* comparison : {" = ", " != "}) branches.push_back({comparison, right});
    branches.push_back({" IN (", list});
    branches.push_back({" NOT IN (", list});
    if (ordered) {
      for (const char* comparison : {" < ", " > ", " <= ", " >= "}) {
        branches.push_back({comparison, right});
      }
      const std::string range = value + " \" AND \" " + value;
      branches.push_back({" BETWEEN ", range});
      branches.push_back({" NOT BETWEEN ", range});
    }
    if (patterns) {
      const std::string like = dialect_ == Dialect::postgres ? "ILIKE " : "LIKE ";
      branches.push_back({" " + like, pattern()});
      branches.push_back({" NOT " + like, pattern()});
    }
    return choice(std::move(branches));
  });
}

std::string SqlRules::having(const Place& place, int depth) {
  return rules_.add("h" + id(place) + "-" + std::to_string(depth), [&] {
    std::string one = number_total(place) + " " + kind_tail(ColumnKind::number, depth);
    if (!strict()) one = group(either({one, comparison(place, depth)}));
    return one + " " + up_to(2, "(\" AND \" | \" OR \") " + one);
  });
}

}  // namespace idi::grammar
