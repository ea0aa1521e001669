// Conditions on rows, with the words that ask for them.
#include <algorithm>
#include <set>

#include "part_times.hpp"
#include "parts.hpp"
#include "word_roles.hpp"

namespace idi::synth {

using namespace build;  // NOLINT: parts are pieces of queries

namespace {

/// Values of a column that can stand before a noun: "paid", "overdue".
bool is_adjective_like(const std::string& cell) {
  return is_one_word(cell) && cell.size() > 2 && cell.size() < 14;
}

}  // namespace

std::optional<Restriction> Parts::status() {
  const auto text_column = tests_.text();
  const auto found = column_where(table_, [&](const Column& column, ColumnRef ref) {
    return text_column(column, ref) && is_status(column.natural_name);
  });
  if (!found) return std::nullopt;
  const auto value = cell_of(*found);
  if (!value || !is_adjective_like(*value)) return std::nullopt;
  Restriction made;
  made.column = *found;
  if (maybe(0.12)) {
    made.condition = test(column(*found), Comparison::not_equal, text(*value));
    made.after = say("{that are not |which are not |not |other than }") + *value;
    return made;
  }
  made.condition = test(column(*found), Comparison::equal, text(*value));
  if (maybe(0.6)) {
    made.before = *value;
  } else {
    made.after =
        say("{that are |which are |that were |with status |in status |marked as }") + *value;
  }
  return made;
}

std::optional<Restriction> Parts::flag() {
  const auto found = column_where(table_, [&](const Column& column, ColumnRef) {
    const auto& samples = column.sample_values;
    return !samples.empty() && std::all_of(samples.begin(), samples.end(), is_yes_or_no) &&
           !adjective_of(column.natural_name).empty();
  });
  if (!found) return std::nullopt;
  const std::string word{adjective_of(schema_.column(*found).natural_name)};
  const bool set = maybe(0.75);
  Restriction made;
  made.column = *found;
  made.condition = test(column(*found), Comparison::equal, number(set ? 1 : 0));
  if (set && maybe(0.6)) {
    made.before = word;
  } else {
    made.after = say(set ? "{that are |which are }" : "{that are not |which aren't |not }") + word;
  }
  return made;
}

std::optional<Restriction> Parts::cell() {
  const auto found = column_where(table_, maybe(0.85) ? tests_.category() : tests_.text());
  if (!found) return std::nullopt;
  const auto value = cell_of(*found);
  if (!value) return std::nullopt;
  Restriction made;
  made.column = *found;
  if (role_of(schema_, *found) == Role::name) {
    made.condition = test(column(*found), Comparison::equal, text(*value));
    made.after = say("{named |called |with the name }") + *value;
    return made;
  }
  const std::string& name = schema_.column(*found).natural_name;
  const bool place = is_place_column(name);
  if (maybe(0.1)) {
    made.condition = test(column(*found), Comparison::not_equal, text(*value));
    made.after = place ? say("{not in |outside |outside of |except those in }") + *value
                       : say("{whose " + called(*found) + " is not |with another " +
                             called(*found) + " than |other than }") +
                             *value;
    return made;
  }
  if (maybe(0.08)) {
    const auto other = cell_of(*found);
    if (other && *other != *value) {
      made.condition = either(test(column(*found), Comparison::equal, text(*value)),
                              test(column(*found), Comparison::equal, text(*other)));
      made.after = (place ? say("{in |from |in either }") : "with " + called(*found) + " ") +
                   *value + " or " + *other;
      return made;
    }
  }
  made.condition = test(column(*found), Comparison::equal, text(*value));
  if (place) {
    made.after = say("{in |from |in |living in |located in |based in }") + *value;
  } else {
    made.after = say("{with " + called(*found) + " |whose " + called(*found) + " is |where the " +
                     called(*found) + " is |of |with |for |by |that are }") +
                 *value;
  }
  return made;
}

std::optional<Restriction> Parts::limit() {
  const auto found = column_where(table_, tests_.measure());
  if (!found) return std::nullopt;
  const auto spoken = number_near(*found);
  if (!spoken) return std::nullopt;
  Restriction made;
  made.column = *found;
  const bool money = is_amount(schema_.column(*found).natural_name);
  const std::string unit = money ? say("{|| euros| dollars| EUR}") : "";
  if (maybe(0.15)) {
    const auto other = number_near(*found);
    if (!other || other->sql == spoken->sql) return std::nullopt;
    const bool ordered = std::stod(spoken->sql) < std::stod(other->sql);
    const Spoken& low = ordered ? *spoken : *other;
    const Spoken& high = ordered ? *other : *spoken;
    made.condition = between(column(*found), number(low.sql), number(high.sql));
    made.after = say("{with |whose }") + called(*found) + say("{ | is }between ") + low.words +
                 " and " + high.words + unit;
    return made;
  }
  struct Limit {
    Comparison op;
    std::string_view with, bare;
  };
  static constexpr Limit limits[] = {
      {Comparison::greater, "{over|above|of more than|greater than|higher than|larger than}",
       "{over|above|of more than|worth more than|exceeding}"},
      {Comparison::less, "{under|below|of less than|lower than|smaller than}",
       "{under|below|of less than|worth less than}"},
      {Comparison::greater_equal, "{of at least|of|from|of no less than}{ at least|}",
       "{of at least|worth at least}"},
      {Comparison::less_equal, "{of at most|up to|of no more than}", "{up to|of at most}"},
      {Comparison::equal, "{of|of exactly|equal to}", "{of exactly|worth exactly}"}};
  std::size_t kind = pick(random_, 5);
  if (kind == 2) {
    made.condition = test(column(*found), limits[2].op, number(spoken->sql));
    made.after = money && maybe(0.5) ? say(limits[2].bare) + " " + spoken->words + unit
                                     : "with " + called(*found) +
                                           say("{ of at least | at least }") + spoken->words + unit;
    return made;
  }
  if (kind == 4 && maybe(0.6)) kind = 0;
  made.condition = test(column(*found), limits[kind].op, number(spoken->sql));
  made.after = money && maybe(0.5) ? say(limits[kind].bare) + " " + spoken->words + unit
                                   : say("{with |with a |having a }") + called(*found) + " " +
                                         say(limits[kind].with) + " " + spoken->words + unit;
  return made;
}

std::optional<Restriction> Parts::parent_cell() {
  const auto keys = parents();
  if (keys.empty()) return std::nullopt;
  const ForeignKey& key = keys[pick(random_, keys.size())];
  const int parent = key.to.table;
  Restriction made;
  if (maybe(0.45)) {  // the row itself, by its name
    const auto names = names_of(parent);
    if (names.empty()) return std::nullopt;
    std::string called_by;
    Restrictions parts;
    for (const auto& name : names) {
      const ColumnRef ref = std::get<ColumnRef>(name->node);
      const auto value = cell_of(ref);
      if (!value) return std::nullopt;
      called_by += (called_by.empty() ? "" : " ") + *value;
      parts.push_back({"", "", test(name, Comparison::equal, text(*value)), ref, false});
    }
    made.column = std::get<ColumnRef>(names.front()->node);
    made.condition = all_of(parts);
    made.after =
        say("{of |from |by |for |of the " + one(parent) + " |with |at |of " + one(parent) + " }") +
        called_by;
    return made;
  }
  const auto found = column_where(parent, tests_.category());
  if (!found) return std::nullopt;
  const auto value = cell_of(*found);
  if (!value) return std::nullopt;
  made.column = *found;
  made.condition = test(column(*found), Comparison::equal, text(*value));
  const bool place = is_place_column(schema_.column(*found).natural_name);
  const std::string owner = say("{of |from |by |of |belonging to }") + many(parent);
  if (place) {
    made.after = maybe(0.25) ? say("{in |from }") + *value
                             : owner + say("{ from | in | based in }") + *value;
  } else {
    made.after = owner + say("{ with | whose }") + called(*found) + say("{ | is }") + *value;
  }
  return made;
}

std::optional<Restriction> Parts::missing() {
  const auto found = column_where(table_, [&](const Column& column, ColumnRef ref) {
    return role_of(schema_, ref) == Role::plain && !column.primary_key;
  });
  if (!found || !maybe(0.4)) return std::nullopt;
  Restriction made;
  made.column = *found;
  const bool absent = maybe(0.7);
  made.condition = is_null(column(*found), !absent);
  made.after = (absent ? say("{without |with no |that have no |lacking |missing |without any }")
                       : say("{that have |with known |with some |that have any }")) +
               called(*found);
  return made;
}

std::optional<Restriction> Parts::when() {
  const auto main = main_time();
  ColumnRef time{-1, -1};
  std::string verb;
  bool named = false;
  if (!main || maybe(0.3)) {
    const auto found = column_where(table_, tests_.time());
    if (!found) return std::nullopt;
    time = *found;
    const DateVerb* about = date_verb_of(schema_.column(time).natural_name);
    if (about != nullptr && maybe(0.75)) {
      verb = say(about->participle);
    } else {
      named = true;
    }
  } else {
    time = *main;
  }
  const auto drawn = draw_time(*this, time, calendar_);
  if (!drawn) return std::nullopt;
  Restriction made;
  made.column = time;
  made.about_time = true;
  made.condition = drawn->condition;
  made.after = drawn->words;
  if (!verb.empty()) made.after = verb + " " + drawn->words;
  if (named) made.after = say("{with |with a |whose }") + called(time) + " " + drawn->words;
  return made;
}

}  // namespace idi::synth
