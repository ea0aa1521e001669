#include "lexicon.hpp"
#include "rules.hpp"
#include "yearly.hpp"

namespace idi::temporal {
namespace {

std::optional<Match> relative(std::size_t end, DaySpan days) {
  Match match;
  match.end = end;
  match.days = days;
  match.relative = true;
  return match;
}

int months_in(Unit unit) {
  switch (unit) {
    case Unit::quarter:
      return 3;
    case Unit::year:
      return 12;
    case Unit::decade:
      return 120;
    case Unit::century:
      return 1200;
    default:
      return 1;
  }
}

/// So much time up to today, today included.
DaySpan up_to_today(Unit unit, int count, Day today) {
  const Day tomorrow = add_days(today, 1);
  if (unit == Unit::day || unit == Unit::week) {
    return {add_days(tomorrow, unit == Unit::week ? -7 * count : -count), tomorrow};
  }
  return {add_days(add_months(today, -months_in(unit) * count), 1), tomorrow};
}

/// So much time from tomorrow on.
DaySpan from_tomorrow(Unit unit, int count, Day today) {
  const Day tomorrow = add_days(today, 1);
  if (unit == Unit::day || unit == Unit::week) {
    return {tomorrow, add_days(tomorrow, unit == Unit::week ? 7 * count : count)};
  }
  return {tomorrow, add_days(add_months(today, months_in(unit) * count), 1)};
}

/// "the last year that …" asks for a year; "in the last year" says one.
bool asks_for_it(const Reader& reader, std::size_t i) {
  if (reader.before(i) != "the" || !reader.is(i, {"last", "next"})) return false;
  return i < 2 || reader.is(i - 2, {"is", "was", "were", "what", "which", "find", "show", "list",
                                    "give", "return", "and", "me", "display", "get"});
}

/// "the last 3 months of each year": not the last ones before today.
bool belongs_to_other(const Reader& reader, std::size_t end) {
  return reader.is(end, {"of"}) && reader.is(end + 1, {"each", "every", "his", "her", "their",
                                                       "its", "the", "a", "an", "any", "all"});
}

bool is_whole_word(const Reader& reader, std::size_t i) {
  return reader.is(i, {"full", "calendar", "complete", "whole", "entire"});
}

Unit to_date_unit(char first) {
  switch (first) {
    case 'w':
      return Unit::week;
    case 'm':
      return Unit::month;
    case 'q':
      return Unit::quarter;
    default:
      return Unit::year;
  }
}

DaySpan begun(const Reader& reader, Unit unit) {
  return {reader.unit(unit, 0).begin, add_days(reader.today(), 1)};
}

}  // namespace

std::optional<Match> near_day(const Reader& reader, std::size_t i) {
  const auto on = [&](std::size_t end, int offset) {
    auto match = relative(end, reader.unit(Unit::day, offset));
    match->certain = false;
    return match;
  };
  if (reader.is(i, {"today", "tonight"})) return on(i + 1, 0);
  if (reader.is(i, {"yesterday"})) return on(i + 1, -1);
  if (reader.is(i, {"tomorrow"})) return on(i + 1, 1);
  if (reader.is(i, {"day"})) {
    if (reader.is(i + 1, {"before"}) && reader.is(i + 2, {"yesterday"})) return on(i + 3, -2);
    if (reader.is(i + 1, {"after"}) && reader.is(i + 2, {"tomorrow"})) return on(i + 3, 2);
  }
  if (reader.is(i, {"last"}) && reader.is(i + 1, {"night"})) return on(i + 2, -1);
  if (reader.is(i, {"this"}) && reader.is(i + 1, {"morning", "afternoon", "evening"})) {
    return on(i + 2, 0);
  }
  return std::nullopt;
}

std::optional<Match> to_date(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"ytd", "qtd", "mtd", "wtd"})) {
    return relative(i + 1, begun(reader, to_date_unit(reader.lower(i).front())));
  }
  const bool fiscal = reader.is(i, {"fiscal", "financial"}) && reader.is(i + 1, {"year"});
  const std::size_t at = fiscal ? i + 1 : i;
  if (reader.is(at, {"year", "quarter", "month", "week"}) && reader.is(at + 1, {"to"}) &&
      reader.is(at + 2, {"date"})) {
    if (!fiscal) return relative(at + 3, begun(reader, to_date_unit(reader.lower(at).front())));
    const Day today = reader.today();
    const int begins = static_cast<int>(reader.settings().fiscal_year_begins);
    const int year = year_of(today) - (month_of(today) < begins ? 1 : 0);
    return relative(at + 3, {make_day(year, begins, 1), add_days(today, 1)});
  }
  const bool so_first = reader.is(i, {"so"}) && reader.is(i + 1, {"far"});
  const std::size_t turn = so_first ? i + 2 : i;
  if (!reader.is(turn, {"this"}) || !reader.is(turn + 1, {"year", "quarter", "month", "week"})) {
    return std::nullopt;
  }
  const bool so_last = reader.is(turn + 2, {"so"}) && reader.is(turn + 3, {"far"});
  if (!so_first && !so_last) return std::nullopt;
  return relative(so_first ? turn + 2 : turn + 4,
                  begun(reader, to_date_unit(reader.lower(turn + 1).front())));
}

std::optional<Match> unit_by_turn(const Reader& reader, std::size_t i) {
  // "the year before last"
  if (reader.is(i + 1, {"before"}) && reader.is(i + 2, {"last"})) {
    const auto unit = unit_of(reader.lower(i));
    if (unit && *unit != Unit::day) return relative(i + 3, reader.unit(*unit, -2));
  }
  auto turn = turn_at(reader, i);
  if (!turn) return std::nullopt;
  std::size_t at = i + 1;
  const bool whole = is_whole_word(reader, at);
  if (whole) ++at;
  const int offset = *turn == Turn::now ? 0 : *turn == Turn::next ? 1 : -1;
  if (reader.is(at, {"weekend"})) {
    // Saturday and Sunday of the week from Monday on.
    DaySpan days = unit_span(Unit::week, reader.today(), offset, true);
    days.begin = add_days(days.begin, 5);
    return relative(at + 1, days);
  }
  const auto unit = unit_of(reader.lower(at));
  if (!unit || *unit == Unit::day || reader.lower(at).ends_with('s')) return std::nullopt;
  if (*turn == Turn::next && reader.before(i) == "the") return std::nullopt;
  // "the last year of the parties"; a part of a time ("last month of 2023") is another rule's.
  if (asks_for_it(reader, i) || reader.is(at + 1, {"of"})) return std::nullopt;
  if (*turn == Turn::past && !whole) {
    return relative(at + 1, up_to_today(*unit, 1, reader.today()));
  }
  return relative(at + 1, reader.unit(*unit, offset));
}

std::optional<Match> yearly_by_turn(const Reader& reader, std::size_t i) {
  const auto turn = turn_at(reader, i);
  if (!turn || reader.is(i, {"current", "trailing", "rolling"})) return std::nullopt;
  auto name = yearly_at(reader, i + 1);
  if (!name || name->kind == YearlyName::Kind::quarter) return std::nullopt;
  auto match = relative(name->end, at_turn(name->days, *turn, reader.today()));
  match->certain =
      name->kind != YearlyName::Kind::holiday || reader.is(i, {"last", "this", "next"});
  return match;
}

std::optional<Match> weekday(const Reader& reader, std::size_t i) {
  const Day today = reader.today();
  const int now = static_cast<int>(std::chrono::weekday(std::chrono::sys_days(today)).c_encoding());
  const auto days_since = [&](std::chrono::weekday day) {
    return (now - static_cast<int>(day.c_encoding()) + 7) % 7;
  };
  if (const auto bare = weekday_of(reader.lower(i))) {
    if (i == 0 || !reader.is(i - 1, {"since", "after", "from"})) return std::nullopt;
    auto match = relative(i + 1, one_day(add_days(today, -days_since(*bare))));
    match->certain = false;
    return match;
  }
  const auto turn = turn_at(reader, i);
  const auto day = weekday_of(reader.lower(i + 1));
  if (!turn || !day) return std::nullopt;
  const int since = days_since(*day);
  switch (*turn) {
    case Turn::past:
    case Turn::last:
      return relative(i + 2, one_day(add_days(today, since == 0 ? -7 : -since)));
    case Turn::next:
      return relative(i + 2, one_day(add_days(today, 7 - since)));
    case Turn::now:
      break;
  }
  const Day begin = reader.unit(Unit::week, 0).begin;
  const int first = reader.settings().week_begins_on_monday ? 1 : 0;
  const int offset = (static_cast<int>(day->c_encoding()) - first + 7) % 7;
  return relative(i + 2, one_day(add_days(begin, offset)));
}

std::optional<Match> several_units(const Reader& reader, std::size_t i) {
  const auto turn = turn_at(reader, i);
  if (!turn || *turn == Turn::now) return std::nullopt;
  std::size_t at = i + 1;
  bool whole = reader.is(i, {"previous", "preceding"});
  if (is_whole_word(reader, at)) {
    whole = true;
    ++at;
  }
  const bool half = reader.is(at, {"half"}) && reader.is(at + 1, {"year"});
  auto count = count_at(reader, at);
  if (!count && !half) return std::nullopt;
  at = half ? at + 1 : count->end;
  if (is_whole_word(reader, at)) {
    whole = true;
    ++at;
  } else if (reader.is(at, {"consecutive"})) {
    ++at;
  }
  auto unit = unit_of(reader.lower(at));
  if (!unit || *unit == Unit::century || belongs_to_other(reader, at + 1)) return std::nullopt;
  const int number = half ? 6 : count->value;
  if (half) unit = Unit::month;
  if (number > 2000 && *unit != Unit::day) return std::nullopt;
  if (*turn == Turn::next) {
    if (*unit == Unit::quarter || whole) {
      return relative(at + 1, {reader.unit(*unit, 1).begin, reader.unit(*unit, number).end});
    }
    return relative(at + 1, from_tomorrow(*unit, number, reader.today()));
  }
  // A quarter is a fixed part of a year to everybody; days and months are reckoned back from today.
  if (whole || (*unit == Unit::quarter && *turn == Turn::last)) {
    return relative(at + 1, {reader.unit(*unit, -number).begin, reader.unit(*unit, -1).end});
  }
  return relative(at + 1, up_to_today(*unit, number, reader.today()));
}

std::optional<Match> ago(const Reader& reader, std::size_t i) {
  std::optional<Count> count = count_at(reader, i);
  std::size_t at = count ? count->end : i;
  int months = 0;  // of "half a year"
  if (!count) {
    if (reader.is(i, {"half"}) && reader.is(i + 1, {"a"}) && reader.is(i + 2, {"year"})) {
      months = 6;
      at = i + 2;
    } else if (reader.is(i, {"a", "an"})) {
      at = i + 1;
    } else {
      return std::nullopt;
    }
  }
  auto unit = unit_of(reader.lower(at));
  const bool back = reader.is(at + 1, {"ago"});
  const bool ahead = reader.is(at + 1, {"from"}) && reader.is(at + 2, {"now", "today"});
  if (!unit || (!back && !ahead)) return std::nullopt;
  const std::size_t end = back ? at + 2 : at + 3;
  int number = count ? count->value : 1;
  if (months > 0) {
    number = months;
    unit = Unit::month;
  }
  if (number > 2000 && *unit != Unit::day) return std::nullopt;
  if (back) number = -number;
  // A limit is exact: "since 3 months ago"; otherwise the whole month is meant.
  const bool limit = i > 0 && reader.is(i - 1, {"since", "before", "after", "than", "until", "till",
                                                "from", "by"});
  if (*unit == Unit::day || !limit) return relative(end, reader.unit(*unit, number));
  if (*unit == Unit::week) return relative(end, one_day(add_days(reader.today(), 7 * number)));
  return relative(end, one_day(add_months(reader.today(), months_in(*unit) * number)));
}

std::optional<Match> same_last_year(const Reader& reader, std::size_t i) {
  if (!reader.is(i, {"same"})) return std::nullopt;
  const auto unit = unit_of(reader.lower(i + 1));
  if (!unit || *unit > Unit::quarter || *unit == Unit::week) return std::nullopt;
  const auto year = year_at(reader, i + 2);
  if (!year || !year->relative) return std::nullopt;
  const Day then = add_months(reader.today(), 12 * (year->year - year_of(reader.today())));
  return relative(year->end, unit_span(*unit, then, 0, reader.settings().week_begins_on_monday));
}

}  // namespace idi::temporal
