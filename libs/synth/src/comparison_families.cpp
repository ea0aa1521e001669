// Measures set in relation: to all, to others beside them, to what was before.
#include <array>
#include <map>

#include "compositions.hpp"
#include "word_roles.hpp"

namespace idi::synth {
namespace {

using namespace build;  // NOLINT: families end in queries

/// What the share of rows with an adjective is called: "cancelled" → "cancellation rate".
std::string rate_of(const std::string& adjective) {
  static const std::map<std::string, std::string, std::less<>> nouns = {
      {"cancelled", "cancellation"}, {"canceled", "cancellation"}, {"paid", "payment"},
      {"returned", "return"},        {"completed", "completion"},  {"rejected", "rejection"},
      {"confirmed", "confirmation"}, {"shipped", "shipping"},      {"delivered", "delivery"},
      {"closed", "closing"},         {"finished", "completion"},   {"refunded", "refund"},
      {"approved", "approval"},      {"failed", "failure"},        {"passed", "pass"},
      {"active", "activity"},        {"verified", "verification"}, {"subscribed", "subscription"}};
  const auto found = nouns.find(adjective);
  return found == nouns.end() ? std::string{} : found->second + " rate";
}

/// A condition that picks some of the rows, as one comparison.
std::optional<Restriction> picking(Parts& p) {
  std::optional<Restriction> drawn;
  switch (pick(p.random(), 8)) {
    case 0:
    case 1:
    case 2:
      drawn = p.status();
      break;
    case 3:
      drawn = p.flag();
      break;
    case 4:
    case 5:
      drawn = p.cell();
      break;
    case 6:
      drawn = p.limit();
      break;
    default:
      drawn = p.missing();
  }
  if (!drawn || !std::holds_alternative<ir::Predicate>(drawn->condition->node)) return std::nullopt;
  return drawn;
}

Restrictions without(Restrictions all, ColumnRef column) {
  std::erase_if(all, [column](const auto& each) { return each.column == column; });
  return all;
}

std::optional<Composition> share_of_rows(Parts& p) {
  const auto part_of = picking(p);
  if (!part_of) return std::nullopt;
  Restrictions where = without(p.restrictions(p.maybe(0.6) ? 0 : 2), part_of->column);
  auto share = over(only_when(count_rows(p.table()), part_of->condition), ir::Over::share);
  std::optional<Group> group;
  if (p.maybe(0.45)) {
    group = p.maybe(0.3) ? p.bucket() : p.group();
    if (!group || apart({*part_of}, *group).empty()) return std::nullopt;
    where = apart(std::move(where), *group);
  }
  const std::string tail = group ? " " + p.per(*group) : "";
  const std::string noun = p.noun(where);
  const std::string rate = part_of->before.empty() ? "" : rate_of(part_of->before);
  std::string wording;
  if (!rate.empty() && p.maybe(0.35)) {
    wording = p.say("{What is the |What was the |Show the |Give me the |}") + rate +
              (where.empty() && p.maybe(0.5) ? "" : p.say("{ of| for| among} ") + noun) + tail;
  } else if (!part_of->before.empty()) {
    const std::string is = p.say("{are|were|are|have been|got}");
    wording = p.say(
                  "{What percentage of |What percent of |How many percent of |What share of |What "
                  "proportion of |What fraction of |Percentage of |% of |Which percentage of "
                  "|How big a share of |Percentage of all |What portion of }") +
              p.say("{the |all |our ||}") + noun + " " + is + " " + part_of->before + tail;
    if (p.maybe(0.3)) {
      wording = p.say(
                    "{What is the |Show the |Give me the |}{percentage|share|proportion|percent "
                    "share} of ") +
                part_of->before + " " + noun + tail;
    }
  } else {
    const std::string verb =
        part_of->after.starts_with("with") || part_of->after.starts_with("of ") ||
                part_of->after.starts_with("that") || part_of->after.starts_with("which") ||
                part_of->after.starts_with("whose") || part_of->after.starts_with("having") ||
                part_of->after.starts_with("without") || part_of->after.starts_with("where")
            ? "|"
            : "| are| were| come| came";
    wording = p.say(
                  "{What percentage of |What percent of |How many percent of |What share of |What "
                  "proportion of |Percentage of |Share of |What is the share of |Proportion of "
                  "|What is the percentage of }") +
              p.say("{the |all |our ||}") + noun + p.say("{" + verb + "} ") + part_of->after + tail;
  }
  wording += p.say("{?|?|}");
  Composition made{wording, {}};
  if (group) {
    auto items = group->items;
    items.push_back(std::move(share));
    made.query = grouped(select(std::move(items), all_of(where)), group->keys);
  } else {
    made.query = select({std::move(share)}, all_of(where));
  }
  return made;
}

std::optional<Composition> share_by_group(Parts& p) {
  const auto measure = p.additive_measure();
  const auto group = p.maybe(0.2) ? p.bucket() : p.group();
  if (!measure || !group) return std::nullopt;
  const Restrictions where = apart(p.restrictions(p.maybe(0.6) ? 0 : 2), *group);
  const std::string thing =
      measure->kind == Measure::Kind::count ? p.noun(where) : p.phrase(*measure, where);
  const std::string each = group->words;
  const std::string wording = p.say(
      "{What {share|percentage|proportion|portion} of " + thing + " {does each " + each +
      " {have|make up|account for|contribute}|comes from each " + each + "|belongs to each " +
      each + "|falls on each " + each + "}?|{Share|Percentage} of " + thing +
      " {by|per|for each} " + each + "|" + thing + " {by|per} " + each +
      " {in percent|as a percentage of the total|as percentages|as a share of the total}|{What is "
      "the |Show the |Show each }" +
      each + "{'s|} {share|percentage} of " + thing + "{?|}|How is " + thing +
      " {distributed|split} {over|across|among} " + plural_of(each) +
      " in {percent|%}?|{Contribution|Percentage contribution} of each " + each + " to " + thing +
      "|Relative share of " + thing + " {per|by} " + each + "|How much of the " + thing +
      " in percent does every " + each + " {bring|make up|have}?}");
  auto items = group->items;
  items.push_back(over(measure->call, ir::Over::share));
  Composition made{wording, grouped(select(std::move(items), all_of(where)), group->keys)};
  if (p.maybe(0.2)) {
    made.wording +=
        p.say("{, highest first|, largest first| from highest to lowest|, sorted by share}");
    made.query = ordered(std::move(made.query), made.query.select.back(), true);
  }
  return made;
}

std::string opposite_of(const std::string& adjective) {
  if (adjective == "active") return "inactive";
  constexpr std::string_view with_un[] = {"available", "verified", "subscribed", "insured"};
  for (const std::string_view word : with_un) {
    if (adjective == word) return "un" + adjective;
  }
  return "not " + adjective;
}

/// Two values of one column, or what a flag says and its opposite.
struct Sides {
  Restriction one, other;
};
std::optional<Sides> sides(Parts& p) {
  if (p.maybe(0.25)) {
    auto one = p.flag();
    if (!one || one->before.empty()) return std::nullopt;
    Restriction other = *one;
    other.before = opposite_of(one->before);
    other.condition = test(column(one->column), Comparison::equal, number(0));
    return Sides{*one, other};
  }
  const auto found = p.column_where(p.table(), p.tests().category());
  if (!found) return std::nullopt;
  const auto a = p.cell_of(*found, 16);
  const auto b = p.cell_of(*found, 16);
  if (!a || !b || *a == *b) return std::nullopt;
  const auto side = [&](const std::string& value) {
    return Restriction{value, "", test(column(*found), Comparison::equal, text(value)), *found,
                       false};
  };
  return Sides{side(*a), side(*b)};
}

std::optional<Composition> side_by_side(Parts& p) {
  const auto two = sides(p);
  const auto measure = p.additive_measure();
  if (!two || !measure) return std::nullopt;
  std::optional<Group> group;
  if (p.maybe(0.8)) {
    group = p.maybe(0.45) ? p.bucket() : p.group();
    if (!group) return std::nullopt;
    for (const auto& key : group->keys) {
      const auto* ref = std::get_if<ColumnRef>(&key->node);
      if (ref != nullptr && *ref == two->one.column) return std::nullopt;
    }
  }
  Restrictions where = without(p.restrictions(p.maybe(0.7) ? 0 : 1), two->one.column);
  if (group) where = apart(std::move(where), *group);
  const std::string tail = group ? " " + p.per(*group) : "";
  const std::string noun = p.noun(where);
  const std::string& a = two->one.before;
  const std::string& b = two->other.before;
  std::string wording;
  if (measure->kind == Measure::Kind::count) {
    wording =
        p.say("{How many " + a + " and how many " + b + " " + noun +
              "{ are there| were there| do we have|}" + tail + "?|" + (group ? "" : "Count of ") +
              a + " and " + b + " " + noun + tail + "|Number of " + a + " and {number of |of |}" +
              b + " " + noun + tail + "|" + a + " {versus|vs|vs.|against} " + b + " " + noun +
              tail + "|Compare {the number of |}" + a + " and " + b + " " + noun + tail +
              "|{Show|Count} " + a + " and " + b + " " + noun +
              " {side by side|separately|next to each other|in two columns}" + tail + "|" + noun +
              tail + ", {split into|separately for|divided into} " + a + " and " + b + "}");
  } else {
    wording = p.say("{" + measure->words + " {from|of|with|for} " + a + " and {from |of |with |}" +
                    b + " " + noun + tail + "|How much is the " + measure->words + " of " + a +
                    " and of " + b + " " + noun + tail + "?|Compare the " + measure->words +
                    " of " + a + " and " + b + " " + noun + tail + "|" + measure->words + tail +
                    " {split into|separately for|for} " + a + " and " + b + " " + noun + "}");
  }
  auto items = group ? group->items : std::vector<ExpressionPtr>{};
  items.push_back(only_when(measure->call, two->one.condition));
  items.push_back(only_when(measure->call, two->other.condition));
  Composition made{wording, select(std::move(items), all_of(where))};
  if (group) made.query = grouped(std::move(made.query), group->keys);
  return made;
}

std::optional<Composition> beside_all(Parts& p) {
  const auto measure = p.additive_measure();
  const auto picked = picking(p);
  if (!measure || !picked || measure->kind != Measure::Kind::count) return std::nullopt;
  const auto group = p.maybe(0.4) ? p.bucket() : p.group();
  if (!group || apart({*picked}, *group).empty()) return std::nullopt;
  const std::string some =
      picked->before.empty() ? "those " + picked->after : picked->before + " ones";
  auto items = group->items;
  items.push_back(measure->call);
  items.push_back(only_when(measure->call, picked->condition));
  return Composition{p.say("{Number of |How many |Count of |All |}") + p.noun({}) + " and " +
                         p.say("{how many of them are |of |number of |only }") + some + " " +
                         p.per(*group),
                     grouped(select(std::move(items)), group->keys)};
}

std::optional<Composition> over_time(Parts& p) {
  const auto measure = p.additive_measure();
  const auto bucket = p.bucket();
  if (!measure || !bucket || bucket->words.starts_with("weekday") ||
      bucket->words.starts_with("day of")) {
    return std::nullopt;
  }
  const Restrictions where = p.restrictions(p.maybe(0.65) ? 0 : 1);
  const std::string& unit = bucket->words;
  const std::string thing = p.phrase(*measure, where);
  const auto kind = pick(p.random(), 3);
  ir::Over relation = ir::Over::growth;
  std::string wording;
  if (kind == 0) {
    wording =
        p.say("{By how {much|many percent} did the " + thing +
              " {grow|increase|rise|change in percent} "
              "{each|every|per} " +
              unit + "{ compared to the one before|}?|{" + unit + " over " + unit + " growth|" +
              unit + "-over-" + unit + " growth} of {the |}" + thing +
              "|{What is the |Show the |}{growth|growth rate|percentage growth|percent "
              "change|increase in "
              "percent} {of|in} {the |}" +
              thing + " {per|by|from " + unit + " to|each} " + unit + "{?|}|How fast did {the |}" +
              thing + " grow {per|each|from " + unit + " to} " + unit + "?|{the |}" + thing +
              " growth {per|by} " + unit + "|How many percent more {the |}" + thing + " than the " +
              unit + " before?|" + thing + " per " + unit +
              ", {change|difference|growth} {to|against|compared to|versus} the previous " + unit +
              " in {percent|%}}");
  } else if (kind == 1) {
    relation = ir::Over::change;
    wording =
        p.say("{How did {the |}" + thing + " change from " + unit + " to " + unit +
              "?|{Change|Difference} {in|of} {the |}" + thing + " {from " + unit + " to " + unit +
              "|per " + unit + "|compared to the previous " + unit + "|to the " + unit +
              " before}|{" + unit + " over " + unit + "|" + unit + "-over-" + unit + "|" + unit +
              " on " + unit + "} {change|difference} {in|of} {the |}" + thing + "|" + thing +
              " per " + unit + " {minus|compared with|against} the " + unit +
              " before|How much more or less {was the |}" + thing + " than in the previous " +
              unit + "?|Absolute {change|growth} of {the |}" + thing + " {per|by} " + unit + "}");
  } else {
    relation = ir::Over::running;
    wording = p.say(
        "{{Running total|Cumulative total|Cumulative sum|Running sum|Accumulated total} of {the "
        "|}" +
        thing + " {per|by|over the|for each} " + unit + "|{Cumulative|Accumulated} " + thing +
        " {per|by} " + unit + "|" + thing +
        " {accumulated|added up|summed up} {by|per|over the|from} " + unit + "|How did {the |}" +
        thing + " {add up|accumulate|build up} {over the " + plural_of(unit) + "|" + unit + " by " +
        unit + "}?|{the |}" + thing + " so far at the end of each " + unit + "|" + thing + " per " +
        unit + " as a running total}");
  }
  auto items = bucket->items;
  if (p.maybe(0.2)) {
    items.push_back(measure->call);
    wording = p.say("{" + thing + " per " + unit + " {and|with|together with} " +
                    (kind == 0 ? "{the growth in percent|its growth|the growth rate|the change in "
                                 "percent}"
                     : kind == 1 ? "{the change|the difference to the previous " + unit +
                                       "|its change from the " + unit + " before}"
                                 : "{the running total|the cumulative total|a running total}") +
                    "}");
  }
  items.push_back(over(measure->call, relation));
  return Composition{wording, grouped(select(std::move(items), all_of(where)), bucket->keys)};
}

std::optional<Composition> grew_most(Parts& p) {
  const auto measure = p.additive_measure();
  const auto group = p.group();
  const auto time = p.main_time();
  if (!measure || !group || !time) return std::nullopt;
  struct Unit {
    ir::Function function;
    std::string_view words;
  };
  constexpr std::array units{Unit{ir::Function::year, "year"}, Unit{ir::Function::year, "year"},
                             Unit{ir::Function::month, "month"},
                             Unit{ir::Function::quarter, "quarter"}};
  const Unit& unit = units[pick(p.random(), units.size())];
  const std::string words{unit.words};
  const bool absolute = p.maybe(0.25);
  const bool falling = p.maybe(0.25);
  const std::string thing =
      measure->kind == Measure::Kind::count && p.maybe(0.6) ? p.noun({}) : p.phrase(*measure, {});
  const std::string wording = p.say(
      "{Which|What} " + group->words + " {" +
      (falling ? "shrank|fell|dropped|declined|lost" : "grew|increased|rose|gained|improved") +
      "} {the most|most|the strongest|fastest} " + (absolute ? "in absolute numbers " : "") +
      "{in|by|in terms of} {the |}" + thing + " {compared to|against|over|versus} the {" + words +
      " before|previous " + words + "}?");
  auto keys = group->keys;
  keys.push_back(part(unit.function, *time));
  auto query = grouped(select(group->items), std::move(keys));
  return Composition{
      wording,
      ordered(std::move(query), over(measure->call, absolute ? ir::Over::change : ir::Over::growth),
              !falling, 1)};
}

constexpr Family all[] = {
    {"share of rows", 12, share_of_rows}, {"share by group", 6, share_by_group},
    {"side by side", 11, side_by_side},   {"beside all", 5, beside_all},
    {"over time", 14, over_time},         {"grew most", 3, grew_most}};

}  // namespace

std::span<const Family> comparison_families() { return all; }

}  // namespace idi::synth
