#include <array>

#include "lexicon.hpp"
#include "rules.hpp"
#include "yearly.hpp"

namespace idi::temporal {
namespace {

/// Two digits of a year: 69 is 2069, 70 is 1970.
int full_year(int two_digits) { return two_digits < 70 ? 2000 + two_digits : 1900 + two_digits; }

/// Three numbers with the same sign between; empty if there are not three.
std::array<std::string_view, 3> three_parts(std::string_view text, char& sign) {
  const std::size_t first = text.find_first_of("-/.");
  if (first == std::string_view::npos) return {};
  sign = text[first];
  const std::size_t second = text.find(sign, first + 1);
  if (second == std::string_view::npos) return {};
  return {text.substr(0, first), text.substr(first + 1, second - first - 1),
          text.substr(second + 1)};
}

/// A month as part of a longer date. `year_follows`: then small letters and short forms are sure.
std::optional<int> month_in_date(const Reader& reader, std::size_t i, bool year_follows) {
  const auto word = reader.lower(i);
  if (const auto month = full_month(word)) {
    if (word != "may" || reader.is_capital(i) || year_follows) return month;
    return std::nullopt;
  }
  return reader.is_capital(i) || year_follows ? short_month(word) : std::nullopt;
}

/// "5", "05", "5th", "fifth".
std::optional<int> day_number(std::string_view lower) {
  if (const auto ordinal = ordinal_of(lower)) return ordinal;
  if (lower.size() > 2) return std::nullopt;
  const auto day = plain_number(lower);
  return day && *day >= 1 && *day <= 31 ? day : std::nullopt;
}

std::optional<Match> dated(const Reader& reader, int month, int day, std::size_t end) {
  Match match;
  match.yearly = day_of_year(month, day);
  if (const auto year = year_at(reader, end)) {
    match.days = match.yearly(year->year);
    match.end = year->end;
    match.relative = year->relative;
    match.year_said = true;
  } else {
    match.days = latest_begun(match.yearly, reader.today());
    match.end = end;
    match.relative = true;
  }
  return match;
}

/// "17 May", "17th of May", "May 17"; without the day's name before it.
std::optional<Match> plain_day_and_month(const Reader& reader, std::size_t i) {
  const auto year_follows = [&](std::size_t at) {
    return year_number(reader.text(at)).has_value();
  };
  if (const auto month = month_in_date(reader, i, year_follows(i + 2))) {
    const auto day = day_number(reader.lower(i + 1));
    if (day && !unit_of(reader.lower(i + 2)) && !reader.is(i + 2, {"half"})) {
      return dated(reader, *month, *day, i + 2);
    }
  }
  const bool of = reader.is(i + 1, {"of"});
  const std::size_t at = of ? i + 2 : i + 1;
  const bool in_words = !reader.lower(i).empty() && reader.lower(i).front() > '9';
  if (in_words && !of) return std::nullopt;
  const auto day = day_number(reader.lower(i));
  const auto month = day ? month_in_date(reader, at, year_follows(at + 1) || of) : std::nullopt;
  return month ? dated(reader, *month, *day, at + 1) : std::nullopt;
}

/// May this month's name stand for a time, with no year beside it?
bool is_month_said(const Reader& reader, std::size_t i) {
  const auto word = reader.lower(i);
  // "in the month of March", "every May": of any year.
  if (i > 0 && reader.is(i - 1, {"each", "every", "any", "all"})) return false;
  if (i > 1 && reader.is(i - 1, {"of"}) && reader.is(i - 2, {"month", "months"})) return false;
  const bool after_time_word = reader.follows_time_word(i);
  const bool capital = reader.is_capital(i);
  if (!full_month(word)) {
    if (!capital) return i > 0 && reader.is(i - 1, {"in", "since", "during", "until", "till"});
    // "Jan-Mar 2022"
    if (yearly_at(reader, i + 1) && reader.is_capital(i + 1)) return true;
    return after_time_word && !reader.is_capital(i + 1);
  }
  const bool verb = word == "may" || word == "march";
  const bool person = verb || word == "april" || word == "june" || word == "august";
  if (reader.is(i - 1, {"by"}) && i > 0 && person && !capital) return false;
  if (after_time_word) {
    const bool unsure = i > 0 && reader.is(i - 1, {"to", "at", "on"});  // "to march"
    return !(verb && unsure && !capital);
  }
  const bool in_name =
      reader.is_capital(i + 1) || (i > 1 && reader.is_capital(i - 1)) ||
      (i > 0 && reader.is(i - 1, {"named", "called", "name", "is", "by", "titled"}));
  if (in_name) return false;
  if (capital) return i > 0 || !verb;
  return !person && !reader.before(i).empty();
}

/// With "mar" in small letters too, which is for the caller to make sure of.
std::optional<YearlyName> yearly_or_small_month(const Reader& reader, std::size_t i) {
  if (auto name = yearly_at(reader, i)) return name;
  const auto month = short_month(reader.lower(i));
  if (!month) return std::nullopt;
  return YearlyName{YearlyName::Kind::month, i + 1, months_of_year(*month, 1)};
}

}  // namespace

std::optional<Match> numeric_date(const Reader& reader, std::size_t i) {
  char sign = 0;
  const auto parts = three_parts(reader.text(i), sign);
  const auto a = plain_number(parts[0]);
  const auto b = plain_number(parts[1]);
  const auto c = plain_number(parts[2]);
  if (!a || !b || !c || parts[1].size() > 2) return std::nullopt;
  int year = 0;
  int month = 0;
  int day = 0;
  if (parts[0].size() == 4 && parts[2].size() <= 2) {
    year = *a;
    month = *b;
    day = *c;
  } else {
    const bool four = parts[2].size() == 4;
    if (parts[0].size() > 2 || (!four && (parts[2].size() != 2 || sign != '/'))) {
      return std::nullopt;
    }
    const bool day_first = sign == '.' || reader.settings().day_before_month;
    year = four ? *c : full_year(*c);
    month = day_first ? *b : *a;
    day = day_first ? *a : *b;
  }
  if (month > 12 && day <= 12 && sign != '.') std::swap(month, day);  // cannot be meant otherwise
  const Day found = make_day(year, month, day);
  if (year < 1000 || !found.ok()) return std::nullopt;
  Match match;
  match.end = i + 1;
  match.days = one_day(found);
  match.year_said = true;
  return match;
}

std::optional<Match> day_and_month(const Reader& reader, std::size_t i) {
  return plain_day_and_month(reader, weekday_of(reader.lower(i)) ? i + 1 : i);
}

std::optional<Match> yearly_of_year(const Reader& reader, std::size_t i) {
  // "2023 Q3"
  if (const auto year = year_number(reader.text(i))) {
    const auto quarter = quarter_at(reader, i + 1);
    if (!quarter || reader.is(i + 1, {"quarter"})) return std::nullopt;
    Match match;
    match.end = quarter->end;
    match.days = months_span(*year, 3 * quarter->quarter - 2, 3);
    match.certain = false;
    match.year_said = true;
    return match;
  }
  const auto name = yearly_or_small_month(reader, i);
  if (!name) return std::nullopt;
  const auto year = year_at(reader, name->end);
  // "may last year" and "march this year" are verbs.
  const bool small = !reader.is_capital(i) && reader.is(i, {"may", "march"});
  const bool verb = small && year && year->relative && !reader.follows_time_word(i);
  if (!year || verb || reader.is(name->end, {"in"})) return std::nullopt;
  Match match;
  match.end = year->end;
  match.days = name->days(year->year);
  match.relative = year->relative;
  match.certain = name->kind == YearlyName::Kind::month;
  match.yearly = name->days;
  match.year_said = true;
  return match;
}

std::optional<Match> yearly_alone(const Reader& reader, std::size_t i) {
  const auto name = yearly_or_small_month(reader, i);
  if (!name || name->kind == YearlyName::Kind::season) return std::nullopt;
  if (name->kind == YearlyName::Kind::month && !is_month_said(reader, i)) return std::nullopt;
  if (name->kind == YearlyName::Kind::holiday && !reader.follows_time_word(i)) return std::nullopt;
  if (name->kind == YearlyName::Kind::quarter && reader.is(name->end, {"of"})) return std::nullopt;
  Match match;
  match.end = name->end;
  match.days = latest_begun(name->days, reader.today());
  match.relative = true;
  match.certain = false;
  match.yearly = name->days;
  return match;
}

std::optional<Match> bare_year(const Reader& reader, std::size_t i) {
  const auto year = year_number(reader.text(i));
  const bool after_time_word =
      i > 0 &&
      reader.is(i - 1, {"in",     "since",  "before", "after",  "until",   "till",  "from", "by",
                        "during", "year",   "years",  "of",     "between", "and",   "to",   "or",
                        "than",   "season", "spring", "summer", "fall",    "winter"});
  if (!year || !after_time_word) return std::nullopt;
  Match match;
  match.end = i + 1;
  match.days = years_span(*year, 1);
  match.year_said = true;
  return match;
}

std::optional<Match> week_number(const Reader& reader, std::size_t i) {
  if (!reader.is(i, {"week"})) return std::nullopt;
  const auto number = plain_number(reader.lower(i + 1));
  const auto year = year_at(reader, i + 2);
  if (!number || *number < 1 || *number > 53 || !year) return std::nullopt;
  // ISO 8601: week 1 has 4 January in it.
  const DaySpan first = unit_span(Unit::week, make_day(year->year, 1, 4), *number - 1,
                                  reader.settings().week_begins_on_monday);
  if (year_of(add_days(first.begin, 3)) != year->year) return std::nullopt;
  Match match;
  match.end = year->end;
  match.days = first;
  match.relative = year->relative;
  match.year_said = true;
  return match;
}

}  // namespace idi::temporal
