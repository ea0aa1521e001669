// What is asked of rows, and how they are split.
#include "parts.hpp"
#include "word_roles.hpp"

namespace idi::synth {

using namespace build;  // NOLINT: parts are pieces of queries
using ir::Function;

namespace {

constexpr std::string_view money_words =
    "{revenue|revenue|turnover|sales|income|total sales|total revenue|earnings|sales volume}";

struct Bucket {
  Function function;
  std::string_view words;
};
constexpr Bucket buckets[] = {{Function::year, "{year|calendar year}"},
                              {Function::month, "month"},
                              {Function::month, "month"},
                              {Function::quarter, "quarter"},
                              {Function::week, "{week|calendar week}"},
                              {Function::weekday, "{weekday|day of the week}"},
                              {Function::date, "day"}};

}  // namespace

std::optional<Measure> Parts::additive_measure() {
  Measure made;
  const auto amount = column_where(table_, tests_.amount());
  if (amount && maybe(0.5)) {
    made.kind = Measure::Kind::money;
    made.words = maybe(0.6) ? say(money_words) : say("{total |sum of |}") + called(*amount);
    made.call = call(Aggregate::sum, *amount);
    return made;
  }
  const auto quantity = column_where(
      table_, [](const Column& column, ColumnRef) { return is_quantity(column.natural_name); });
  const auto price = column_where(
      table_, [](const Column& column, ColumnRef) { return is_price(column.natural_name); });
  if (quantity && price && !amount && maybe(0.5)) {
    made.kind = Measure::Kind::money;
    made.words = maybe(0.7)
                     ? say(money_words)
                     : say("{total |}") + called(*quantity) + say("{ times | x }") + called(*price);
    made.call =
        call(Aggregate::sum, binary(ir::Arithmetic::multiply, column(*quantity), column(*price)));
    return made;
  }
  if (quantity && maybe(0.4)) {
    made.kind = Measure::Kind::total;
    made.words = say("{units sold|number of units|total units|total " + called(*quantity) + "}");
    made.call = call(Aggregate::sum, *quantity);
    return made;
  }
  const auto number = column_where(table_, tests_.measure());
  if (number && maybe(0.2)) {
    made.kind = Measure::Kind::total;
    made.words = say("{total |sum of |overall |summed }") + called(*number);
    made.call = call(Aggregate::sum, *number);
    return made;
  }
  made.kind = Measure::Kind::count;
  made.words = many(table_);
  made.call = count_rows(table_);
  return made;
}

std::optional<Measure> Parts::measure() {
  const auto kind = pick(random_, 10);
  if (kind < 6) return additive_measure();
  Measure made;
  if (kind == 6) {
    const auto keys = parents();
    if (keys.empty()) return std::nullopt;
    const ForeignKey& key = keys[pick(random_, keys.size())];
    made.kind = Measure::Kind::distinct;
    made.words = many(key.to.table);
    made.call = call(Aggregate::count, column(key.from), true);
    return made;
  }
  const auto number = column_where(table_, tests_.measure());
  if (!number) return std::nullopt;
  made.kind = Measure::Kind::extreme;
  const std::string name = called(*number);
  if (kind <= 8) {
    made.words = say("{average |mean |avg |average }") + name;
    made.call = call(Aggregate::avg, *number);
  } else if (maybe(0.5)) {
    made.words = say("{highest |maximum |largest |max |biggest }") + name;
    made.call = call(Aggregate::max, *number);
  } else {
    made.words = say("{lowest |minimum |smallest |min }") + name;
    made.call = call(Aggregate::min, *number);
  }
  return made;
}

std::optional<Group> Parts::group() {
  Group made;
  if (maybe(0.5)) {
    const auto keys = parents();
    if (!keys.empty()) {
      const int parent = keys[pick(random_, keys.size())].to.table;
      if (maybe(0.7)) {
        const auto key = key_of(parent);
        made.items = names_of(parent);
        if (!key || made.items.empty()) return std::nullopt;
        made.keys = {column(*key)};
        made.words = one(parent);
        return made;
      }
      const auto found = column_where(parent, tests_.category());
      if (!found) return std::nullopt;
      made.items = made.keys = {column(*found)};
      made.words = one(parent) + " " + called(*found);
      return made;
    }
  }
  const auto found = column_where(table_, tests_.category());
  if (!found) return std::nullopt;
  made.items = made.keys = {column(*found)};
  made.words = maybe(0.8) ? called(*found) : one(table_) + " " + called(*found);
  return made;
}

std::optional<Group> Parts::bucket() {
  const auto time = main_time();
  if (!time) return std::nullopt;
  const Bucket& chosen = buckets[pick(random_, std::size(buckets))];
  Group made;
  made.about_time = true;
  made.words = say(chosen.words);
  made.items = made.keys = {part(chosen.function, *time)};
  return made;
}

}  // namespace idi::synth
