// Measures by parts of dates; days of the week; dates set against each other.
#include "compositions.hpp"
#include "word_roles.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: families end in queries

std::optional<Composition> bucketed(Parts& p) {
  const auto measure = p.measure();
  const auto bucket = p.bucket();
  if (!measure || !bucket) return std::nullopt;
  const Restrictions where = p.restrictions(2);
  auto items = bucket->items;
  items.push_back(measure->call);
  const std::string& unit = bucket->words;
  std::string wording = p.ask(*measure, where, p.per(*bucket));
  const bool adverb = p.maybe(0.25) && (unit == "month" || unit == "week" || unit == "quarter" ||
                                        unit == "year" || unit == "day");
  if (adverb) {
    wording = p.say("{Show the |What is the |}") + (unit == "day" ? "daily" : unit + "ly") + " " +
              p.phrase(*measure, where);
  }
  return Composition{wording, grouped(select(std::move(items), all_of(where)), bucket->keys)};
}

std::optional<Composition> busiest(Parts& p) {
  const auto measure = p.additive_measure();
  const auto bucket = p.bucket();
  if (!measure || !bucket) return std::nullopt;
  const Restrictions where = p.restrictions(p.maybe(0.6) ? 0 : 1);
  const bool most = p.maybe(0.8);
  const std::string thing =
      measure->kind == Measure::Kind::count ? p.noun(where) : p.phrase(*measure, where);
  const std::string wording =
      p.say("{{On which|In which|Which|What} " + bucket->words +
            " {do we have|did we have|were there|has|had|are there} the " +
            (most ? "{most|highest|largest}" : "{fewest|lowest|least}") + " " + thing +
            "?|{Which|What} is the " +
            (most ? "{busiest|best|strongest}" : "{quietest|weakest|worst|slowest}") + " " +
            bucket->words + " {for|in terms of|by} " + thing + "?|" +
            (most ? "{Best|Strongest|Peak|Busiest}" : "{Weakest|Worst}") + " " + bucket->words +
            " {for|by} " + thing + "}");
  return Composition{wording, ordered(grouped(select(bucket->items, all_of(where)), bucket->keys),
                                      measure->call, most, 1)};
}

std::optional<Composition> on_weekday(Parts& p) {
  const auto time = p.main_time();
  const auto measure = p.additive_measure();
  if (!time || !measure) return std::nullopt;
  const std::string day = p.say("{Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday}");
  Restrictions where = p.restrictions(p.maybe(0.6) ? 0 : 1);
  for (const Restriction& each : where) {
    if (each.about_time) return std::nullopt;
  }
  where.push_back(
      {"", p.say("{on " + day + "s|on " + day + "|on a " + day + "|made on a " + day + "}"),
       test(part(ir::Function::weekday, *time), Comparison::equal, text(day)), *time, true});
  return Composition{p.ask(*measure, where, ""), select({measure->call}, all_of(where))};
}

/// Days between two dates of a row.
std::optional<Composition> days_between(Parts& p) {
  const auto dated = [&](const Column& column, ColumnRef ref) {
    return p.tests().time()(column, ref) && !is_life_date(column.natural_name);
  };
  auto a = p.column_where(p.table(), dated);
  auto b = p.column_where(p.table(), dated);
  if (!a || !b || *a == *b) return std::nullopt;
  if (p.tests().main_time(p.table()) == b) std::swap(a, b);
  const auto days = binary(ir::Arithmetic::subtract, column(*b), column(*a));
  const std::string first = p.called(*a);
  const std::string last = p.called(*b);
  const std::string span = p.say("{between " + first + " and " + last + "|from " + first + " to " +
                                 last + "|from " + first + " until " + last + "}");
  const Restrictions where = p.restrictions(p.maybe(0.7) ? 0 : 1);
  const std::string noun = p.noun(where);
  if (p.maybe(0.55)) {
    const auto aggregate = p.maybe(0.7)   ? Aggregate::avg
                           : p.maybe(0.6) ? Aggregate::max
                                          : Aggregate::min;
    const std::string words = aggregate == Aggregate::avg   ? p.say("{average|mean}")
                              : aggregate == Aggregate::max ? p.say("{longest|maximum|highest}")
                                                            : p.say("{shortest|minimum|lowest}");
    std::optional<Group> group;
    std::string tail;
    if (p.maybe(0.4)) {
      group = p.maybe(0.4) ? p.bucket() : p.group();
      if (!group) return std::nullopt;
      tail = " " + p.per(*group);
    }
    std::vector<ExpressionPtr> items;
    if (group) items = group->items;
    items.push_back(call(aggregate, days));
    const std::string time = p.say("{number of days|days|time in days|time|duration|delay}");
    const std::string of = where.empty() && p.maybe(0.4) ? "" : p.say("{ of | for }") + noun;
    Composition made{p.say("{What is the " + words + " " + time + " " + span + of + tail + "?|" +
                           words + " " + time + " " + span + of + tail +
                           "|{How many days on average are|How long is it on average} " + span +
                           " {for|of} " + noun + tail + "?}"),
                     select(std::move(items), all_of(where))};
    if (made.wording.starts_with("How") && aggregate != Aggregate::avg) return std::nullopt;
    if (group) made.query = grouped(std::move(made.query), group->keys);
    return made;
  }
  const auto limit = p.speak(p.say("{2|3|5|7|10|12|14|30|60|90}"));
  const bool more = p.maybe(0.75);
  Restriction slow{"", "",
                   test(days, more ? Comparison::greater : Comparison::less, number(limit.sql)), *b,
                   false};
  slow.after =
      p.say("{with |that took |which took |that needed |where it took }") +
      (more ? p.say("{more than |over |longer than }") : p.say("{less than |under |fewer than }")) +
      limit.words + " days " + span;
  if (!slow.after.starts_with("with") && p.maybe(0.4)) {
    const DateVerb* verb = date_verb_of(p.schema().column(*b).natural_name);
    if (verb != nullptr && p.tests().main_time(p.table()) == a) {
      const std::string done = p.say(verb->past);
      if (done.starts_with("were ")) {
        slow.after = p.say("{that took |which took }") + (more ? "more than " : "less than ") +
                     limit.words + " days to be " + done.substr(5);
      }
    }
  }
  Restrictions all = where;
  all.push_back(slow);
  const auto names = p.names_of(p.table());
  if (names.empty() || p.maybe(0.6)) {
    return Composition{p.say("{How many |Number of |Count the }") + p.noun(all) + p.say("{?|}"),
                       select({count_rows(p.table())}, all_of(all))};
  }
  return Composition{p.say("{Which |List the |Show }") + p.noun(all) + p.say("{?|}"),
                     select(names, all_of(all))};
}

constexpr Family all[] = {{"bucketed", 7, bucketed},
                          {"busiest", 3, busiest},
                          {"on weekday", 3, on_weekday},
                          {"days between", 18, days_between}};

}  // namespace

std::span<const Family> time_families() { return all; }

}  // namespace idi::synth
