// Measures under several conditions, one or more at once, set against each other.
#include <array>

#include "compositions.hpp"
#include "word_roles.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: families end in queries

std::optional<Composition> measured(Parts& p) {
  const auto measure = p.measure();
  if (!measure) return std::nullopt;
  const Restrictions where = p.restrictions(4);
  if (where.empty()) return std::nullopt;
  return Composition{p.ask(*measure, where, ""), select({measure->call}, all_of(where))};
}

std::optional<Composition> listed(Parts& p) {
  auto items = p.names_of(p.table());
  const Restrictions where = p.restrictions(4);
  if (items.empty() || where.empty()) return std::nullopt;
  std::string wording = p.say(
                            "{Which |What |List the |List all |Show |Show me |Show all |Give me "
                            "the |Find |Find all |}") +
                        p.noun(where);
  if (p.maybe(0.25)) {
    const auto found =
        p.column_where(p.table(), p.maybe(0.5) ? p.tests().measure() : p.tests().text());
    const bool named = found && std::get<ColumnRef>(items.front()->node) != *found;
    if (named) {
      items.push_back(column(*found));
      wording += p.say("{ with their | and their |, with }") + p.called(*found);
    }
  }
  Composition made{wording + p.say("{?||}"), select(items, all_of(where))};
  if (p.maybe(0.25)) {
    const auto by =
        p.column_where(p.table(), p.maybe(0.5) ? p.tests().measure() : p.tests().time());
    if (by) {
      const bool descending = p.maybe(0.6);
      made.wording =
          wording + p.say("{ sorted by | ordered by |, by }") + p.called(*by) +
          (descending ? p.say("{ descending|, highest first|, latest first| from high to low}")
                      : p.say("{| ascending|, lowest first}"));
      made.query = ordered(std::move(made.query), column(*by), descending);
    }
  }
  return made;
}

std::optional<Composition> split(Parts& p) {
  const auto measure = p.measure();
  const auto group = p.group();
  if (!measure || !group) return std::nullopt;
  const Restrictions where = apart(p.restrictions(3), *group);
  auto items = group->items;
  items.push_back(measure->call);
  std::string tail = p.per(*group);
  auto keys = group->keys;
  if (p.maybe(0.2)) {
    const auto second = p.maybe(0.6) ? p.bucket() : p.group();
    if (second && second->words != group->words) {
      tail += p.say("{ and | and per | and by }") + second->words;
      items.insert(items.begin() + static_cast<std::ptrdiff_t>(group->items.size()),
                   second->items.begin(), second->items.end());
      keys.insert(keys.end(), second->keys.begin(), second->keys.end());
    }
  }
  return Composition{p.ask(*measure, where, tail),
                     grouped(select(std::move(items), all_of(where)), std::move(keys))};
}

std::optional<Composition> several(Parts& p) {
  const auto group = p.maybe(0.35) ? p.bucket() : p.group();
  std::vector<ExpressionPtr> calls;
  std::vector<std::string> words;
  const std::size_t wanted = 2 + pick(p.random(), 2);
  bool counted = false;
  const auto found = p.column_where(p.table(), p.tests().measure());
  const Restrictions where = p.restrictions(p.maybe(0.6) ? 0 : 1);
  if (found && p.maybe(0.4)) {
    const std::string name = p.called(*found);
    if (p.maybe(0.5)) {
      words = {p.say("{lowest|minimum|smallest|min}"), p.say("{highest|maximum|largest|max}")};
      calls = {call(Aggregate::min, *found), call(Aggregate::max, *found)};
      if (wanted == 3) {
        words.insert(words.begin(), p.say("{average|mean}"));
        calls.insert(calls.begin(), call(Aggregate::avg, *found));
      }
    } else {
      words = {p.say("{total|sum}"), p.say("{average|mean}")};
      calls = {call(Aggregate::sum, *found), call(Aggregate::avg, *found)};
    }
    words.back() += " " + name;
    if (!where.empty()) words.back() += p.say("{ of | for }") + p.noun(where);
  } else {
    for (int tries = 0; tries < 6 && calls.size() < wanted; ++tries) {
      const auto measure = p.measure();
      if (!measure) continue;
      bool there = false;
      for (const std::string& word : words) there |= word == measure->words;
      const bool counts = measure->kind == Measure::Kind::count;
      if (there || (counts && counted)) continue;
      const bool last = calls.size() + 1 == wanted;
      words.push_back(measure->kind == Measure::Kind::count || last
                          ? p.phrase(*measure, last ? where : Restrictions{})
                      : measure->kind == Measure::Kind::distinct
                          ? "number of different " + measure->words
                          : measure->words);
      calls.push_back(measure->call);
      counted |= counts;
    }
  }
  if (calls.size() < 2) return std::nullopt;
  std::string wording;
  for (std::size_t i = 0; i < words.size(); ++i) {
    wording += (i == 0                  ? ""
                : i + 1 == words.size() ? p.say("{ and | and the | and }")
                                        : ", ") +
               words[i];
  }
  wording = p.say("{What are the |Show the |Give me the |I need the ||Show }") + wording;
  std::vector<ExpressionPtr> items;
  if (group) {
    items = group->items;
    wording += " " + p.per(*group);
  }
  items.insert(items.end(), calls.begin(), calls.end());
  Composition made{wording + p.say("{?||}"), select(std::move(items), all_of(where))};
  if (group) made.query = grouped(std::move(made.query), group->keys);
  return made;
}

/// "revenue per customer", "average number of orders per customer", "average order value".
std::optional<Composition> ratio(Parts& p) {
  const auto measure = p.additive_measure();
  const auto keys = p.parents();
  if (!measure || keys.empty()) return std::nullopt;
  const ForeignKey& key = keys[pick(p.random(), keys.size())];
  const std::string each = p.one(key.to.table);
  const Restrictions where = p.restrictions(p.maybe(0.6) ? 0 : 1);
  const std::string thing = p.phrase(*measure, where);
  auto expression =
      binary(ir::Arithmetic::divide, measure->call, call(Aggregate::count, column(key.from), true));
  std::string tail;
  std::optional<Group> group;
  if (p.maybe(0.4)) {
    group = p.maybe(0.5) ? p.bucket() : p.group();
    if (!group || group->words == each) return std::nullopt;
    tail = " " + p.say("{by |for each |in each |for every |, by }") + group->words;
  }
  const std::string wording = p.say(
      "{{What is the |Show the |}average " + thing + " per " + each + tail +
      "{?|}|On average, how {many|much} " +
      (measure->kind == Measure::Kind::count ? p.noun(where) : thing) + " {per|does a|has each} " +
      each + tail + "?|" + thing + " {divided by|relative to} the number of {different |}" +
      plural_of(each) + tail + "|Mean " + thing + " per " + each + tail + "|{Average|Mean} " +
      thing + " {of a|for one|for each} " + each + tail + "}");
  std::vector<ExpressionPtr> items;
  if (group) items = group->items;
  items.push_back(std::move(expression));
  Composition made{wording, select(std::move(items), all_of(where))};
  if (group) made.query = grouped(std::move(made.query), group->keys);
  return made;
}

/// "units per order", "total minus discount": arithmetic over two measures or columns.
std::optional<Composition> arithmetic(Parts& p) {
  const auto number_column = p.tests().measure();
  const auto a = p.column_where(p.table(), number_column);
  const auto b = p.column_where(p.table(), number_column);
  if (!a || !b || *a == *b) return std::nullopt;
  const std::string first = p.called(*a);
  const std::string second = p.called(*b);
  struct Op {
    ir::Arithmetic op;
    std::string_view between;
  };
  constexpr std::array ops{
      Op{ir::Arithmetic::subtract, "{minus|less|without|after deducting|net of}"},
      Op{ir::Arithmetic::subtract, "{minus|less}"}, Op{ir::Arithmetic::add, "{plus|and}"},
      Op{ir::Arithmetic::multiply, "{times|multiplied by|x|*}"},
      Op{ir::Arithmetic::divide, "{divided by|over|per|relative to}"}};
  const Op& op = ops[pick(p.random(), ops.size())];
  std::string thing = first + " " + p.say(op.between) + " " + second;
  if (op.op == ir::Arithmetic::add)
    thing = p.say("{sum of |}") + first + (thing.starts_with("sum") ? " and " : " plus ") + second;
  if (op.op == ir::Arithmetic::subtract && p.maybe(0.3)) {
    thing = p.say("{difference between |gap between |difference of }") + first + " and " + second;
  }
  const auto each = binary(op.op, column(*a), column(*b));
  const Restrictions where = p.restrictions(p.maybe(0.6) ? 0 : 1);
  if (p.maybe(0.4)) {
    auto names = p.names_of(p.table());
    if (names.empty()) return std::nullopt;
    if (p.maybe(0.5)) {
      names.push_back(each);
      return Composition{p.say("{What is the |Show the |Calculate the |}") + thing +
                             p.say("{ of each | for each | per | for every }") + p.one(p.table()),
                         select(std::move(names), nullptr)};
    }
    const bool most = p.maybe(0.75);
    const int count = p.maybe(0.5) ? 1 : 2 + static_cast<int>(pick(p.random(), 9));
    return Composition{
        count == 1 ? p.say("{Which |What }") + p.one(p.table()) + " has the " +
                         (most ? p.say("{highest|largest|biggest}") : p.say("{lowest|smallest}")) +
                         " " + thing + "?"
                   : p.say("{Top |The }") + std::to_string(count) + " " + p.many(p.table()) +
                         " with the " + (most ? "highest" : "lowest") + " " + thing,
        ordered(select(std::move(names)), each, most, count)};
  }
  const bool sum = p.maybe(0.6) && op.op != ir::Arithmetic::divide;
  const auto whole = call(sum ? Aggregate::sum : Aggregate::avg, each);
  std::optional<Group> group;
  std::string tail;
  if (p.maybe(0.5)) {
    group = p.maybe(0.4) ? p.bucket() : p.group();
    if (!group) return std::nullopt;
    tail = " " + p.per(*group);
  }
  std::vector<ExpressionPtr> items;
  if (group) items = group->items;
  items.push_back(whole);
  const std::string of =
      where.empty() && p.maybe(0.6) ? "" : p.say("{ of | for | over }") + p.noun(where);
  Composition made{p.say("{What is the |Show the |Calculate the |}") +
                       (sum ? p.say("{total |sum of |overall }") : p.say("{average |mean }")) +
                       thing + of + tail + p.say("{?|}"),
                   select(std::move(items), all_of(where))};
  if (group) made.query = grouped(std::move(made.query), group->keys);
  return made;
}

/// "how many different customers ordered in May": the right thing counted once.
std::optional<Composition> different(Parts& p) {
  const auto keys = p.parents();
  if (keys.empty()) return std::nullopt;
  const ForeignKey& key = keys[pick(p.random(), keys.size())];
  const std::string& own = p.schema().tables[static_cast<std::size_t>(p.table())].natural_name;
  const std::string& other = p.schema().tables[static_cast<std::size_t>(key.to.table)].natural_name;
  const Restrictions where = p.restrictions(3);
  const auto doing = doing_of(other, own);
  std::string wording = p.say(
                            "{How many |How many different |How many distinct |Number of different "
                            "|How many unique }") +
                        p.many(key.to.table) + " " +
                        (doing ? p.say(*doing) : p.say("{have|had|have had|appear in|with}")) +
                        " " + p.noun(where);
  std::vector<ExpressionPtr> items{call(Aggregate::count, column(key.from), true)};
  if (p.maybe(0.3)) {
    const auto group = p.maybe(0.5) ? p.bucket() : p.group();
    if (!group || group->words == p.one(key.to.table)) return std::nullopt;
    items.insert(items.begin(), group->items.begin(), group->items.end());
    return Composition{wording + " " + p.per(*group) + "?",
                       grouped(select(std::move(items), all_of(where)), group->keys)};
  }
  return Composition{wording + "?", select(std::move(items), all_of(where))};
}

constexpr Family all[] = {{"measured", 9, measured},  {"listed", 7, listed},
                          {"split", 6, split},        {"several", 5, several},
                          {"ratio", 4, ratio},        {"arithmetic", 24, arithmetic},
                          {"different", 4, different}};

}  // namespace

std::span<const Family> plain_families() { return all; }

}  // namespace idi::synth
