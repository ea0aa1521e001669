// Rows and groups picked by what they have: the most, the most of each, more than the average.
#include <array>

#include "compositions.hpp"
#include "word_roles.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: families end in queries

constexpr std::string_view counts[] = {"2", "3", "4", "5", "10", "three", "five", "two"};
constexpr std::string_view digits[] = {"2", "3", "4", "5", "10", "3", "5", "2"};

struct Count {
  std::string words;
  int number;
};
Count small_count(Parts& p) {
  const std::size_t chosen = pick(p.random(), std::size(counts));
  return {std::string(counts[chosen]), std::stoi(std::string(digits[chosen]))};
}

ir::Query per_group(ir::Query query, std::vector<ExpressionPtr> keys, int limit) {
  query.limit = number(limit);
  query.limit_per = std::move(keys);
  return query;
}

std::vector<ExpressionPtr> joined(std::vector<ExpressionPtr> items,
                                  const std::vector<ExpressionPtr>& more) {
  items.insert(items.end(), more.begin(), more.end());
  return items;
}

/// "the most expensive product of every brand": rows of the table itself.
std::optional<Composition> top_rows_of_each(Parts& p) {
  const auto names = p.names_of(p.table());
  const auto group = p.group();
  if (names.empty() || !group) return std::nullopt;
  // What a row is called by is not what it is grouped by.
  for (const auto& item : group->items) {
    for (const auto& name : names) {
      if (std::get<ColumnRef>(item->node) == std::get<ColumnRef>(name->node)) return std::nullopt;
    }
  }
  const bool single = p.maybe(0.5);
  const Count count = single ? Count{"", 1} : small_count(p);
  const std::string one = p.one(p.table());
  const std::string many = p.many(p.table());
  const std::string each =
      p.say("{in each |of each |for each |per |in every |of every |by }") + group->words;
  ExpressionPtr by;
  bool descending = true;
  std::string what;
  if (p.maybe(0.3)) {
    const auto time = p.tests().main_time(p.table());
    if (!time) return std::nullopt;
    by = column(*time);
    descending = p.maybe(0.75);
    what =
        descending ? p.say("{latest|newest|most recent|last}") : p.say("{first|earliest|oldest}");
    what = single ? p.say("{the |}") + what + " " + one
                  : "the " + count.words + " " + what + " " + many;
  } else {
    const auto found = p.column_where(p.table(), p.tests().measure());
    if (!found) return std::nullopt;
    by = column(*found);
    descending = p.maybe(0.75);
    const Adjectives* fitting = nullptr;
    for (const Adjectives& each_of : adjectives()) {
      if (ends_with_word(p.schema().column(*found).natural_name, each_of.words)) fitting = &each_of;
    }
    const std::string name = p.called(*found);
    if (fitting != nullptr && p.maybe(0.6)) {
      const std::string word{descending ? fitting->most : fitting->least};
      what = single ? "the " + word + " " + one : "the " + count.words + " " + word + " " + many;
    } else if (single) {
      what = "the " + one + " with the " +
             (descending ? p.say("{highest|largest|most|biggest|maximum}")
                         : p.say("{lowest|smallest|least|minimum}")) +
             " " + name;
    } else {
      what = (descending ? p.say("{the |}{top|first|best} ") : p.say("{the |}{bottom|last} ")) +
             count.words + " " + many + p.say("{ by | according to | in terms of | ranked by }") +
             name;
    }
  }
  const std::string wording =
      p.maybe(0.3)
          ? p.say("{For each |For every |In each |Per }") + group->words + p.say("{, |: | }") + what
          : p.say("{What is |Show |Show me |Give me |List |Which is |Find |}") + what + " " + each +
                p.say("{?||}");
  auto query = ordered(select(joined(group->items, names)), by, descending);
  return Composition{wording, per_group(std::move(query), group->keys, count.number)};
}

/// "top 3 products in each category by revenue": groups of rows within groups.
std::optional<Composition> top_groups_of_each(Parts& p) {
  const auto measure = p.additive_measure();
  auto inner = p.group();
  auto outer = p.maybe(0.25) ? p.bucket() : p.group();
  if (!measure || !inner || !outer || inner->words == outer->words) return std::nullopt;
  for (const auto& a : inner->keys) {
    for (const auto& b : outer->keys) {
      if (std::holds_alternative<ColumnRef>(a->node) &&
          std::holds_alternative<ColumnRef>(b->node) &&
          std::get<ColumnRef>(a->node) == std::get<ColumnRef>(b->node)) {
        return std::nullopt;
      }
    }
  }
  const Restrictions where = apart(apart(p.restrictions(p.maybe(0.75) ? 0 : 1), *inner), *outer);
  const bool single = p.maybe(0.35);
  const Count count = single ? Count{"", 1} : small_count(p);
  const std::string thing = p.phrase(*measure, where);
  const std::string each =
      p.say("{in each |of each |for each |per |in every |for every }") + outer->words;
  std::string wording;
  if (single) {
    wording =
        p.say("{Which " + inner->words +
              " {has|had|brings|brought|makes} the {most|highest|largest} " + thing + " " + each +
              "?|{The |}{best|top|strongest} " + inner->words + " by " + thing + " " + each + "|" +
              inner->words + " with the {most|highest|largest} " + thing + " " + each + "}");
  } else {
    const std::string many = plural_of(inner->words);
    wording = p.say(
        "{{The |Show the |Show me the |Give me the |What are the |}{top|best|first|leading} " +
        count.words + " " + many + " {by|in terms of|according to|ranked by|in} " + thing + " " +
        each + "{?|}|{Top|The top|Show the top|List the top} " + count.words + " " + many + " " +
        each + " by " + thing + "|For {each|every} " + outer->words + "{,|} the " + count.words +
        " " + many + " with {the |}{most|highest|largest} " + thing + "}");
  }
  auto items = joined(outer->items, inner->items);
  items.push_back(measure->call);
  auto query = grouped(select(std::move(items), all_of(where)), joined(outer->keys, inner->keys));
  query = ordered(std::move(query), measure->call, true);
  return Composition{wording, per_group(std::move(query), outer->keys, count.number)};
}

/// "top 5 cities by number of customers", with what is counted or without it.
std::optional<Composition> top_groups(Parts& p) {
  const auto measure = p.measure();
  const auto group = p.maybe(0.25) ? p.bucket() : p.group();
  if (!measure || !group) return std::nullopt;
  const Restrictions where = apart(p.restrictions(p.maybe(0.5) ? 0 : 2), *group);
  const bool single = p.maybe(0.45);
  const bool most = p.maybe(0.8);
  const bool shown = p.maybe(0.45);
  const Count count = single ? Count{"", 1} : small_count(p);
  const std::string noun = p.noun(where);
  const std::string thing = p.phrase(*measure, where);
  std::string wording;
  const bool of_rows = measure->kind == Measure::Kind::count;
  if (single) {
    const std::string quantity =
        of_rows ? (most ? p.say("{the most|most|the highest number of|the largest number of} ")
                        : p.say("{the fewest|the least|the lowest number of} ")) +
                      noun
                : (most ? p.say("{the highest|the most|the largest|the biggest|the best} ")
                        : p.say("{the lowest|the least|the smallest} ")) +
                      thing;
    wording = p.say("{Which|What|Which|In which|What is the} ") + group->words;
    wording += p.say("{ has | had | with | saw | have | got | brought }") + quantity;
    if (shown) {
      wording +=
          p.say(of_rows ? "{ and how many| and how many are there| and how many is that|, with "
                          "the number|, and what is the count}"
                        : "{ and how much| and how much is it|, with the value|, and how much "
                          "was that}");
    }
  } else {
    wording = p.say(
        "{Top |The top |Show the top |What are the top |The first |Best |Give me the top "
        "|List the top }");
    if (!most) wording = p.say("{Bottom |The bottom |The last |Show the bottom }");
    wording += count.words + " " + plural_of(group->words) +
               p.say("{ by | by | in terms of | according to | ranked by | with most }") +
               (of_rows && p.maybe(0.5) ? noun : thing);
    if (shown) {
      wording += p.say(
          "{ with the {number|value|numbers|figures}| and {the number|how many} for each| with "
          "their "
          "{count|total|value}| including the {number|value}}");
    }
  }
  auto items = group->items;
  if (shown) items.push_back(measure->call);
  Composition made{wording + p.say("{?||}"), {}};
  made.query = ordered(grouped(select(std::move(items), all_of(where)), group->keys), measure->call,
                       most, count.number);
  return made;
}

std::optional<Composition> above_average(Parts& p) {
  const auto found = p.column_where(p.table(), p.tests().measure());
  const auto names = p.names_of(p.table());
  if (!found) return std::nullopt;
  const bool counted = names.empty() || p.maybe(0.35);
  const std::string name = p.called(*found);
  const bool above = p.maybe(0.7);
  const auto average = call(Aggregate::avg, *found);
  ExpressionPtr compared = average;
  std::string than;
  if (p.maybe(0.35)) {
    const std::string times = p.say("{2|3|two|three|4|1.5}");
    const std::string number_text = times == "two" ? "2" : times == "three" ? "3" : times;
    compared = binary(ir::Arithmetic::multiply, average,
                      std::make_shared<ir::Expression>(ir::Expression{number(number_text)}));
    than = "with " + name + p.say("{ of| |} ") + (above ? "more" : "less") + " than " + times +
           p.say("{ times the average| times the mean| times as much as the average}");
  } else {
    than =
        above
            ? p.say(
                  "{with an above-average |with above average |with a higher than average |with "
                  "more than the average |with a better than average |above the average }") +
                  name
            : p.say(
                  "{with a below-average |with below average |with a lower than average |with less "
                  "than the average |below the average }") +
                  name;
  }
  const auto condition =
      test(column(*found), above ? Comparison::greater : Comparison::less, select({compared}));
  if (counted) {
    return Composition{p.say("{How many |Number of |Count the }") + p.many(p.table()) + " " +
                           p.say("{are there |}") + than + "?",
                       select({count_rows(p.table())}, condition)};
  }
  return Composition{p.say("{Which |What |List the |Show |Show all |Give me the }") +
                         p.many(p.table()) + " " + p.say("{are |}") + than + p.say("{?|}"),
                     select(names, condition)};
}

/// Groups by what their rows come to.
std::optional<Composition> having(Parts& p) {
  const auto measure = p.measure();
  const auto group = p.group();
  if (!measure || !group) return std::nullopt;
  const Restrictions where = apart(p.restrictions(p.maybe(0.65) ? 0 : 1), *group);
  const std::string thing = p.phrase(*measure, where);
  const bool of_rows = measure->kind == Measure::Kind::count;
  const auto limit =
      p.speak(of_rows || measure->kind == Measure::Kind::distinct
                  ? p.say("{2|3|5|10|12|20|50|100|4}")
                  : p.say("{50|100|200|500|1000|2000|2500|5000|10000|20000|50000|500000|"
                          "1500}"));
  struct Op {
    Comparison op;
    std::string_view words;
  };
  constexpr std::array ops{Op{Comparison::greater, "{more than|over|above}"},
                           Op{Comparison::greater, "{more than|over}"},
                           Op{Comparison::greater_equal, "{at least|no less than}"},
                           Op{Comparison::less, "{less than|under|fewer than}"},
                           Op{Comparison::equal, "{exactly|just}"}};
  const Op& op = ops[pick(p.random(), ops.size())];
  const auto condition = test(measure->call, op.op, number(limit.sql));
  const std::string amount = p.say(op.words) + " " + limit.words;
  const std::string who =
      p.say("{Which |What |List the |Show the |Show |Find }") + plural_of(group->words);
  std::string wording = of_rows ? who + p.say("{ have | had | with | that have | have had }") +
                                      amount + " " + p.noun(where)
                                : who + p.say("{ have a | have | with a | with | had }") + thing +
                                      p.say("{ of | }") + amount;
  auto items = group->items;
  if (p.maybe(0.3)) {
    items.push_back(measure->call);
    wording += of_rows ? p.say("{ and how many|, with the number}")
                       : p.say("{ and how much|, with the value}");
  }
  wording += p.say("{?|}");
  auto condition_all = condition;
  if (p.maybe(0.2)) {
    const auto other = p.additive_measure();
    if (other && other->kind != measure->kind) {
      const auto second = p.speak(p.say("{2|3|5|10|100}"));
      condition_all =
          both(condition, test(other->call, Comparison::greater_equal, number(second.sql)));
      wording += " and at least " + second.words + " " +
                 (other->kind == Measure::Kind::count ? p.noun({}) : other->words);
    }
  }
  return Composition{wording,
                     grouped(select(std::move(items), all_of(where)), group->keys, condition_all)};
}

constexpr Family all[] = {{"top rows of each", 12, top_rows_of_each},
                          {"top groups of each", 6, top_groups_of_each},
                          {"top groups", 8, top_groups},
                          {"above average", 3, above_average},
                          {"having", 5, having}};

}  // namespace

std::span<const Family> ranking_families() { return all; }

}  // namespace idi::synth
