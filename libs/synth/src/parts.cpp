#include "parts.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "idi/core/assert.hpp"
#include "word_roles.hpp"

namespace idi::synth {

using namespace build;  // NOLINT: parts are pieces of queries

Parts::Parts(const Schema& schema, const Rewording& rewording, const temporal::Calendar& calendar,
             Random& random)
    : schema_(schema),
      rewording_(rewording),
      calendar_(calendar),
      random_(random),
      tests_(schema),
      table_(static_cast<int>(pick(random, schema.tables.size()))) {}

std::string Parts::many(int table) { return plural_of(one(table)); }
std::string Parts::one(int table) {
  const Table& named = schema_.tables[static_cast<std::size_t>(table)];
  return rewording_.apply(singular_of(named.natural_name), random_);
}
std::string Parts::called(ColumnRef column) {
  return rewording_.apply(schema_.column(column).natural_name, random_);
}

std::optional<ColumnRef> Parts::column_where(int table, const ColumnTest& test) {
  std::vector<ColumnRef> found;
  const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const ColumnRef ref{table, static_cast<int>(c)};
    if (test(columns[c], ref)) found.push_back(ref);
  }
  if (found.empty()) return std::nullopt;
  return found[pick(random_, found.size())];
}

std::vector<ForeignKey> Parts::parents() const {
  std::vector<ForeignKey> keys;
  for (const ForeignKey& key : schema_.foreign_keys) {
    if (key.from.table == table_ && key.to.table != table_) keys.push_back(key);
  }
  return keys;
}

std::vector<ExpressionPtr> Parts::names_of(int table) {
  std::optional<ColumnRef> first, last, name;
  const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const ColumnRef ref{table, static_cast<int>(c)};
    const std::string& word = columns[c].natural_name;
    if (!first && word.ends_with("first name")) first = ref;
    if (!last && word.ends_with("last name")) last = ref;
    if (!name && role_of(schema_, ref) == Role::name) name = ref;
  }
  if (first && last) return {column(*first), column(*last)};
  if (name) return {column(*name)};
  return {};
}

std::optional<ColumnRef> Parts::key_of(int table) const {
  std::optional<ColumnRef> key;
  const auto& columns = schema_.tables[static_cast<std::size_t>(table)].columns;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].primary_key) continue;
    if (key) return std::nullopt;
    key = ColumnRef{table, static_cast<int>(c)};
  }
  return key;
}

std::optional<ColumnRef> Parts::main_time() const {
  if (const auto own = tests_.main_time(table_)) return own;
  for (const ForeignKey& key : parents()) {
    if (is_person(schema_.tables[static_cast<std::size_t>(key.to.table)].natural_name)) continue;
    if (const auto other = tests_.main_time(key.to.table)) return other;
  }
  return std::nullopt;
}

std::optional<std::string> Parts::cell_of(ColumnRef column, std::size_t longest) {
  const auto& samples = schema_.column(column).sample_values;
  for (int tries = 0; tries < 4 && !samples.empty(); ++tries) {
    const std::string& value = samples[pick(random_, samples.size())];
    const bool plain = value.find_first_of("{|}") == std::string::npos;
    if (!value.empty() && value.size() <= longest && plain) return value;
  }
  return std::nullopt;
}

Parts::Spoken Parts::speak(std::string number) {
  double value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  const bool whole = value == std::floor(value) && value < 1e9;
  if (!whole) return {number, number};
  const auto integer = static_cast<long>(value);
  number = std::to_string(integer);
  if (integer == 12 && maybe(0.4)) return {"a dozen", number};
  if (integer == 500'000 && maybe(0.5)) return {"half a million", number};
  if (integer == 1000 && maybe(0.4)) return {say("{a thousand|1k|1,000}"), number};
  if (integer >= 1000 && integer % 100 == 0 && maybe(0.35)) {
    const long tenths = integer / 100;
    std::string words = std::to_string(tenths / 10);
    if (tenths % 10 != 0) words += "." + std::to_string(tenths % 10);
    return {words + (tenths % 10 == 0 ? say("{k| thousand}") : "k"), number};
  }
  if (integer >= 1000 && maybe(0.4)) {
    std::string words = number;
    for (auto at = static_cast<long>(words.size()) - 3; at > 0; at -= 3) {
      words.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return {words, number};
  }
  constexpr std::string_view small[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
  if (integer >= 2 && integer <= 12 && maybe(0.3)) {
    return {std::string(small[integer - 1]), number};
  }
  return {number, number};
}

std::optional<Parts::Spoken> Parts::number_near(ColumnRef column) {
  const auto cell = cell_of(column, 11);
  if (!cell || !looks_like_number(*cell)) return std::nullopt;
  double value = 0;
  std::from_chars(cell->data(), cell->data() + cell->size(), value);
  if (maybe(0.6)) {  // People ask for round numbers.
    for (const double unit : {100'000.0, 10'000.0, 1000.0, 500.0, 100.0, 50.0, 10.0, 5.0}) {
      if (value < unit) continue;
      value = std::floor(value / unit) * unit;
      break;
    }
    return speak(std::to_string(static_cast<long>(value)));
  }
  return speak(*cell);
}

Restrictions Parts::restrictions(int most) {
  Restrictions found;
  std::set<ColumnRef> used;
  bool timed = false;
  const auto wanted = pick(random_, static_cast<std::size_t>(most) + 1);
  for (int tries = 0; tries < 2 * most && found.size() < wanted; ++tries) {
    std::optional<Restriction> drawn;
    switch (pick(random_, 9)) {
      case 0:
        drawn = status();
        break;
      case 1:
        drawn = flag();
        break;
      case 2:
      case 3:
        drawn = cell();
        break;
      case 4:
        drawn = limit();
        break;
      case 5:
      case 6:
        drawn = timed ? std::nullopt : when();
        break;
      case 7:
        drawn = parent_cell();
        break;
      default:
        drawn = missing();
    }
    if (!drawn || !used.insert(drawn->column).second) continue;
    timed |= drawn->about_time;
    found.push_back(std::move(*drawn));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return !a.about_time && b.about_time;  // "orders in Rome last month"
  });
  if (maybe(0.15)) std::reverse(found.begin(), found.end());
  return found;
}

std::string Parts::noun(const Restrictions& restrictions) {
  std::string before, after;
  int named = 0;
  for (const Restriction& each : restrictions) {
    if (!each.before.empty()) before += each.before + " ";
    if (each.after.empty()) continue;
    const bool joined = named > 0 && !each.about_time && maybe(0.35);
    after += (joined ? " and " : " ") + each.after;
    ++named;
  }
  return before + many(table_) + after;
}

std::string Parts::phrase(const Measure& measure, const Restrictions& restrictions) {
  const bool bare = restrictions.empty() && maybe(0.6);
  switch (measure.kind) {
    case Measure::Kind::count:
      return say("{number|number|count|total number|quantity} of ") + noun(restrictions);
    case Measure::Kind::money:
    case Measure::Kind::total:
    case Measure::Kind::extreme:
      return measure.words + (bare ? "" : say("{ of | from | for | of all }") + noun(restrictions));
    case Measure::Kind::distinct:
      return say("number of {different|distinct|unique|separate} ") + measure.words +
             say("{ with| that have| having| behind| in} ") + noun(restrictions);
  }
  return {};
}

std::string Parts::ask(const Measure& measure, const Restrictions& restrictions,
                       const std::string& tail) {
  if (measure.kind == Measure::Kind::count && maybe(0.45)) {
    return say("How many ") + noun(restrictions) +
           say("{ were there| are there| did we have| do we have| exist||} ") + tail + "?";
  }
  if (measure.kind == Measure::Kind::count && maybe(0.12)) return noun(restrictions) + " " + tail;
  const std::string thing = phrase(measure, restrictions) + " " + tail;
  if (maybe(0.2)) return thing;
  return say("{What is the |What was the |What are the |Show the |Show me the |Give me the |I need "
             "the |Calculate the |Compute the |Tell me the |Find the |Get the }") +
         thing + say("{?||.}");
}

std::string Parts::per(const Group& group) {
  if (group.about_time) return say("{per|by|for each|in each|each|for every} ") + group.words;
  return say("{per|by|for each|for every|grouped by|broken down by|by each} ") + group.words;
}

Restrictions apart(Restrictions restrictions, const Group& group) {
  for (const auto* items : {&group.items, &group.keys}) {
    for (const auto& item : *items) {
      const auto* ref = std::get_if<ColumnRef>(&item->node);
      if (ref == nullptr) continue;
      std::erase_if(restrictions, [ref](const auto& each) { return each.column == *ref; });
    }
  }
  return restrictions;
}

ir::ConditionPtr all_of(const Restrictions& restrictions) {
  if (restrictions.empty()) return nullptr;
  if (restrictions.size() == 1) return restrictions.front().condition;
  ir::And all;
  for (const Restriction& each : restrictions) {
    if (const auto* inner = std::get_if<ir::And>(&each.condition->node)) {
      all.parts.insert(all.parts.end(), inner->parts.begin(), inner->parts.end());
    } else {
      all.parts.push_back(each.condition);
    }
  }
  return std::make_shared<ir::Condition>(ir::Condition{std::move(all)});
}

ExpressionPtr over(const ExpressionPtr& call, ir::Over over) {
  auto changed = std::get<ir::AggregateCall>(call->node);
  changed.over = over;
  return std::make_shared<ir::Expression>(ir::Expression{std::move(changed)});
}

ExpressionPtr only_when(const ExpressionPtr& call, ir::ConditionPtr condition) {
  auto changed = std::get<ir::AggregateCall>(call->node);
  changed.when = std::move(condition);
  return std::make_shared<ir::Expression>(ir::Expression{std::move(changed)});
}

}  // namespace idi::synth
