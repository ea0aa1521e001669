// Halves, decades, centuries, fiscal years.
#include "lexicon.hpp"
#include "rules.hpp"
#include "yearly.hpp"

namespace idi::temporal {
namespace {

struct Numbered {
  int number = 0;
  std::size_t end = 0;
  bool relative = false;
};

/// The fiscal year named after the year that it ends in.
DaySpan fiscal_span(const Reader& reader, int year) {
  const int begins = static_cast<int>(reader.settings().fiscal_year_begins);
  return begins == 1 ? years_span(year, 1) : months_span(year - 1, begins, 12);
}

DaySpan fiscal_quarter_span(const Reader& reader, int year, int quarter) {
  const Day begin = fiscal_span(reader, year).begin;
  return months_span(year_of(begin), month_of(begin) + 3 * (quarter - 1), 3);
}

int fiscal_year_of_today(const Reader& reader) {
  const int begins = static_cast<int>(reader.settings().fiscal_year_begins);
  const Day today = reader.today();
  return year_of(today) + (begins > 1 && month_of(today) >= begins ? 1 : 0);
}

bool is_fiscal(const Reader& reader, std::size_t i) {
  return reader.is(i, {"fiscal", "financial"});
}

/// "2024", "24", "'24".
std::optional<int> short_or_long_year(std::string_view text) {
  if (const auto year = year_number(text)) return year;
  const auto two = text.size() == 2 ? plain_number(text) : std::nullopt;
  return two ? std::optional(2000 + *two) : std::nullopt;
}

/// "fiscal 2024", "fiscal year 2024", "FY24", "FY 2024", "last fiscal year".
std::optional<Numbered> fiscal_year_at(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"the"})) ++i;
  if (const auto turn = turn_at(reader, i); turn && is_fiscal(reader, i + 1)) {
    if (!reader.is(i + 2, {"year"}) || *turn == Turn::past) return std::nullopt;
    const int offset = *turn == Turn::last ? -1 : *turn == Turn::next ? 1 : 0;
    return Numbered{fiscal_year_of_today(reader) + offset, i + 3, true};
  }
  const auto word = reader.lower(i);
  if (word.starts_with("fy") && word.size() > 2) {
    const auto year = short_or_long_year(word.substr(2));
    return year ? std::optional(Numbered{*year, i + 1}) : std::nullopt;
  }
  if (word != "fy" && !is_fiscal(reader, i)) return std::nullopt;
  const std::size_t at = reader.is(i + 1, {"year"}) ? i + 2 : i + 1;
  const auto year = short_or_long_year(reader.lower(at));
  return year ? std::optional(Numbered{*year, at + 1}) : std::nullopt;
}

/// "90s", "nineties", "1990s"; years: ten, or a hundred for "1800s".
struct Years {
  int first = 0;
  int count = 10;
  bool short_form = false;  ///< "90s": may be an age or a temperature as well.
};

std::optional<Years> decade_years(const Reader& reader, std::string_view word) {
  auto two = decade_word(word);
  if (!two) {
    if (word.size() < 3 || word.back() != 's') return std::nullopt;
    word.remove_suffix(1);
    const auto number = plain_number(word);
    if (!number || *number % 10 != 0) return std::nullopt;
    if (word.size() == 4) {
      if (*number < 1000 || *number > 2200) return std::nullopt;
      return Years{*number, *number % 100 == 0 && *number < 2000 ? 100 : 10, false};
    }
    if (word.size() != 2) return std::nullopt;
    two = number;
  }
  const int year = *two >= 30 ? 1900 + *two : 2000 + *two;
  return Years{year > year_of(reader.today()) ? year - 100 : year, 10, true};
}

}  // namespace

std::optional<Match> half_of_year(const Reader& reader, std::size_t i) {
  const auto half_at = [&](std::size_t at) {
    return reader.is(at, {"h1"}) ? 1 : reader.is(at, {"h2"}) ? 2 : 0;
  };
  Match match;
  int half = half_at(i);
  if (half > 0) {
    const auto year = year_at(reader, i + 1);
    if (!year) return std::nullopt;
    match.days = months_span(year->year, 6 * half - 5, 6);
    match.end = year->end;
    match.relative = year->relative;
  } else {
    const auto year = year_number(reader.text(i));
    half = half_at(i + 1);
    if (!year || half == 0) return std::nullopt;
    match.days = months_span(*year, 6 * half - 5, 6);
    match.end = i + 2;
  }
  match.certain = false;
  match.year_said = true;
  return match;
}

std::optional<Match> decade(const Reader& reader, std::size_t i) {
  const bool early = reader.is(i, {"early"});
  const bool late = reader.is(i, {"late"});
  const bool middle = reader.is(i, {"mid", "middle"});
  const std::size_t at = early || late || middle ? i + 1 : i;
  const auto years = decade_years(reader, reader.lower(at));
  if (!years) return std::nullopt;
  // "in their 90s", "in her late twenties" are ages.
  const bool article = reader.before(i) == "the";
  if (years->short_form && !article) return std::nullopt;
  // A decade's thirds: 0–3, 4–6, 7–9.
  const int first_end = (years->count + 2) / 3;
  const int second_end = (2 * years->count + 2) / 3;
  Match match;
  match.end = at + 1;
  match.certain = false;
  match.days = years_span(years->first, years->count);
  if (early) match.days = years_span(years->first, first_end);
  if (middle) match.days = years_span(years->first + first_end, second_end - first_end);
  if (late) match.days = years_span(years->first + second_end, years->count - second_end);
  return match;
}

std::optional<Match> century(const Reader& reader, std::size_t i) {
  const auto number = century_of(reader.lower(i));
  if (!number || !reader.is(i + 1, {"century"})) return std::nullopt;
  Match match;
  match.end = i + 2;
  match.days = years_span((*number - 1) * 100, 100);
  return match;
}

std::optional<Match> fiscal_year(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"the"})) return std::nullopt;
  const auto year = fiscal_year_at(reader, i);
  if (!year) return std::nullopt;
  Match match;
  match.end = year->end;
  match.days = fiscal_span(reader, year->number);
  match.relative = year->relative;
  if (const auto quarter = quarter_at(reader, year->end)) {  // "FY24 Q3"
    match.end = quarter->end;
    match.days = fiscal_quarter_span(reader, year->number, quarter->quarter);
  }
  return match;
}

std::optional<Match> fiscal_quarter(const Reader& reader, std::size_t i) {
  Match match;
  // "this fiscal quarter"
  if (const auto turn = turn_at(reader, i);
      turn && *turn != Turn::past && is_fiscal(reader, i + 1) && reader.is(i + 2, {"quarter"})) {
    const int year = fiscal_year_of_today(reader);
    const Day begin = fiscal_span(reader, year).begin;
    const Day today = reader.today();
    const int months = 12 * (year_of(today) - year_of(begin)) + month_of(today) - month_of(begin);
    const int offset = *turn == Turn::last ? -1 : *turn == Turn::next ? 1 : 0;
    match.days = months_span(year_of(begin), month_of(begin) + 3 * (months / 3 + offset), 3);
    match.end = i + 3;
    match.relative = true;
    return match;
  }
  // "Q3 FY24", "third quarter of fiscal 2024"; "fiscal Q3 2024", "third fiscal quarter of 2024"
  std::optional<QuarterSaid> quarter = quarter_at(reader, i);
  bool fiscal = false;
  if (!quarter && is_fiscal(reader, i)) {
    quarter = quarter_at(reader, i + 1);
    fiscal = quarter.has_value();
  }
  if (!quarter && is_fiscal(reader, i + 1) && reader.is(i + 2, {"quarter"})) {
    const auto number = ordinal_of(reader.lower(i));
    if (number && *number <= 4) quarter = QuarterSaid{*number, i + 3};
    fiscal = quarter.has_value();
  }
  if (!quarter) return std::nullopt;
  const std::size_t at = reader.is(quarter->end, {"of"}) ? quarter->end + 1 : quarter->end;
  int year = fiscal_year_of_today(reader);
  match.end = quarter->end;
  if (const auto said = fiscal_year_at(reader, at)) {
    year = said->number;
    match.end = said->end;
    match.relative = said->relative;
  } else if (!fiscal) {
    return std::nullopt;
  } else if (const auto plain = year_at(reader, quarter->end); plain && !plain->relative) {
    year = plain->year;
    match.end = plain->end;
  } else {  // the latest that has begun
    if (fiscal_quarter_span(reader, year, quarter->quarter).begin > reader.today()) --year;
    match.relative = true;
  }
  match.days = fiscal_quarter_span(reader, year, quarter->quarter);
  return match;
}

}  // namespace idi::temporal
