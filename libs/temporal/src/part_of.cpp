// Parts of longer times: the first half of 2023, the last week of May, early March.
#include "lexicon.hpp"
#include "rules.hpp"

namespace idi::temporal {
namespace {

/// The time that something is a part of. A year needs no preposition here.
std::optional<Match> whole_at(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"the"})) {
    const auto unit = unit_of(reader.lower(i + 1));
    if (unit && *unit != Unit::day && !reader.lower(i + 1).ends_with('s')) {
      Match match;
      match.end = i + 2;
      match.days = reader.unit(*unit, 0);
      match.relative = true;
      return match;
    }
    ++i;
  }
  auto found = longest({yearly_of_year, yearly_alone, half_of_year, decade, century, fiscal_year,
                        fiscal_quarter, unit_by_turn, yearly_by_turn},
                       reader, i);
  if (const auto year = year_number(reader.text(i)); year && !found) {
    found.emplace();
    found->end = i + 1;
    found->days = years_span(*year, 1);
    found->year_said = true;
  }
  return found;
}

Day advance(Day day, Unit unit, int count) {
  switch (unit) {
    case Unit::day:
      return add_days(day, count);
    case Unit::week:
      return add_days(day, 7 * count);
    case Unit::month:
      return add_months(day, count);
    case Unit::quarter:
      return add_months(day, 3 * count);
    case Unit::year:
      return add_months(day, 12 * count);
    case Unit::decade:
      return add_months(day, 120 * count);
    case Unit::century:
      return add_months(day, 1200 * count);
  }
  return day;
}

int whole_months(const DaySpan& span) {
  if (day_of(span.begin) != 1 || day_of(span.end) != 1) return 0;
  return 12 * (year_of(span.end) - year_of(span.begin)) + month_of(span.end) - month_of(span.begin);
}

/// The part-th of `parts` equal parts, by months where that goes, else by days.
DaySpan divide(const DaySpan& span, int part, int parts) {
  const int months = whole_months(span);
  const auto at = [&](int i) {
    if (i == parts) return span.end;
    if (months > 0 && months % parts == 0) return add_months(span.begin, months / parts * i);
    return add_days(span.begin, days_between(span.begin, span.end) * i / parts);
  };
  return {at(part - 1), at(part)};
}

std::optional<Match> as_part(Match whole, DaySpan days) {
  if (days.begin < whole.days.begin || whole.days.end < days.end) return std::nullopt;
  whole.days = days;
  whole.yearly = nullptr;
  return whole;
}

/// "beginning of", "end of".
std::optional<Match> edge_of(const Reader& reader, std::size_t i) {
  const bool first = reader.is(i, {"beginning", "start"});
  if ((!first && !reader.is(i, {"end"})) || !reader.is(i + 1, {"of"})) return std::nullopt;
  const auto whole = whole_at(reader, i + 2);
  if (!whole) return std::nullopt;
  const Day day = first ? whole->days.begin : add_days(whole->days.end, -1);
  return as_part(*whole, one_day(day));
}

}  // namespace

std::optional<Match> part_of(const Reader& reader, std::size_t i) {
  if (const auto edge = edge_of(reader, i)) return edge;
  const bool last = reader.is(i, {"last", "final"});
  const auto number = last ? std::optional(1) : ordinal_of(reader.lower(i));
  if (!number) return std::nullopt;
  std::size_t at = i + 1;
  const auto count = count_at(reader, at);
  if (count) at = count->end;
  const bool half = reader.is(at, {"half"}) && !count;
  const auto unit = unit_of(reader.lower(at));
  if (!half && !unit) return std::nullopt;
  ++at;
  const bool of = reader.is(at, {"of"});
  const bool year_follows = year_number(reader.text(at)).has_value();
  if (!of && !((half || *unit == Unit::quarter) && year_follows)) return std::nullopt;
  const auto whole = whole_at(reader, of ? at + 1 : at);
  if (!whole) return std::nullopt;
  if (half) {
    if (*number > 2) return std::nullopt;
    return as_part(*whole, divide(whole->days, last ? 2 : *number, 2));
  }
  const int size = count ? count->value : 1;
  if (size > 1000 || (count && *number != 1)) return std::nullopt;
  const DaySpan& days = whole->days;
  if (last) return as_part(*whole, {advance(days.end, *unit, -size), days.end});
  const Day begin = advance(days.begin, *unit, *number - 1);
  return as_part(*whole, {begin, advance(begin, *unit, size)});
}

std::optional<Match> third_of(const Reader& reader, std::size_t i) {
  const int part = reader.is(i, {"early"}) ? 1 : reader.is(i, {"mid", "middle"}) ? 2 : 3;
  if (part == 3 && !reader.is(i, {"late"})) return std::nullopt;
  const bool of = reader.is(i, {"middle"});
  if (of && !reader.is(i + 1, {"of"})) return std::nullopt;
  const auto whole = whole_at(reader, of ? i + 2 : i + 1);
  if (!whole || days_between(whole->days.begin, whole->days.end) < 28) return std::nullopt;
  return as_part(*whole, divide(whole->days, part, 3));
}

}  // namespace idi::temporal
