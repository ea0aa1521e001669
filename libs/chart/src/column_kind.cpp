#include "idi/chart/column_kind.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "cell.hpp"
#include "column_words.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi::chart {
namespace {

/// What one pass over a column's values finds.
struct Census {
  std::size_t known = 0;
  std::size_t numbers = 0;
  std::size_t texts = 0;
  bool whole_numbers = true;
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();
  bool texts_are_numbers = true;

  bool all_numbers() const { return known > 0 && numbers == known; }
  bool all_texts() const { return known > 0 && texts == known; }
  bool within(double low, double high) const { return lowest >= low && highest <= high; }
};

Census census_of(const ResultTable& result, std::size_t column) {
  Census census;
  const auto add_number = [&](double number) {
    census.whole_numbers = census.whole_numbers && number == std::floor(number);
    census.lowest = std::min(census.lowest, number);
    census.highest = std::max(census.highest, number);
  };
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    const Value& value = cell_at(result, r, static_cast<int>(column));
    if (std::holds_alternative<Null>(value)) continue;
    ++census.known;
    if (const auto* text = std::get_if<std::string>(&value)) {
      ++census.texts;
      const auto number = census.texts_are_numbers ? number_in(*text) : std::optional<double>{};
      if (number) {
        add_number(*number);
      } else {
        census.texts_are_numbers = false;
      }
    } else if (!std::holds_alternative<Blob>(value)) {
      ++census.numbers;
      if (const auto number = finite_number(value, false)) add_number(*number);
    }
  }
  return census;
}

struct TimeColumn {
  TimeUnit unit = TimeUnit::none;
  bool slashed = false;
  bool several = false;  ///< At least two different times.
};

/// The one unit of all known texts; days and instants may mix. none if a text is no such time.
TimeColumn read_all(const ResultTable& result, std::size_t column, bool day_first) {
  TimeColumn read;
  std::optional<double> first_key;
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    const auto* text = std::get_if<std::string>(&cell_at(result, r, static_cast<int>(column)));
    if (text == nullptr) continue;
    const TimeReading reading = read_time(*text, day_first);
    if (reading.unit == TimeUnit::none) return {};
    if (read.unit == TimeUnit::none) {
      read.unit = reading.unit;
    } else if (read.unit != reading.unit) {
      const auto is_day = [](TimeUnit unit) {
        return unit == TimeUnit::day || unit == TimeUnit::instant;
      };
      if (!is_day(read.unit) || !is_day(reading.unit)) return {};
      read.unit = TimeUnit::instant;
    }
    read.slashed = read.slashed || reading.slashed;
    if (!first_key) first_key = reading.key;
    read.several = read.several || *first_key != reading.key;
  }
  return read;
}

bool is_calendar_word(TimeUnit unit) {
  return unit == TimeUnit::month_of_year || unit == TimeUnit::weekday;
}

bool speaks_of_time(const std::string& words) {
  return names_a_year(words) || names_a_part(words) != TimeUnit::none ||
         words.find("date") != std::string::npos || words.find("day") != std::string::npos ||
         words.find("time") != std::string::npos;
}

/// Sets role, unit and the reading of day and month if all texts are times.
bool read_text_times(const ResultTable& result, std::size_t column, const std::string& words,
                     const Census& census, ColumnKind& kind) {
  TimeColumn read = read_all(result, column, false);
  if (read.unit != TimeUnit::none && read.slashed) {
    kind.ambiguous_dates = read_all(result, column, true).unit != TimeUnit::none;
  }
  if (read.unit == TimeUnit::none) {
    read = read_all(result, column, true);
    kind.day_first = read.unit != TimeUnit::none;
  }
  if (read.unit == TimeUnit::none) return false;
  // "June" and "April" are people's names too; "1234" may be anything.
  if (is_calendar_word(read.unit) && !read.several && !speaks_of_time(words)) return false;
  if (read.unit == TimeUnit::year &&
      (names_an_identifier(words) || !census.within(names_a_year(words) ? 1000 : 1900, 2200))) {
    return false;
  }
  kind.role = Role::time;
  kind.type = ColumnType::time;
  kind.unit = read.unit;
  return true;
}

/// Numbers that are times: a year column, "month" from 1 to 12, 202305.
TimeUnit unit_of_numbers(const Census& census, const ColumnName& name) {
  const bool year =
      name.part == TimeUnit::year || (name.part == TimeUnit::none && names_a_year(name.inner));
  if (year && census.within(1000, 2200)) return TimeUnit::year;
  if (!census.whole_numbers) return TimeUnit::none;
  const TimeUnit part = name.part != TimeUnit::none ? name.part : names_a_part(name.inner);
  switch (part) {
    case TimeUnit::month:
    case TimeUnit::month_of_year:
      if (census.within(1, 12)) return TimeUnit::month_of_year;
      return census.within(150'001, 220'012) ? TimeUnit::month : TimeUnit::none;
    case TimeUnit::quarter_of_year:
      return census.within(1, 4) ? part : TimeUnit::none;
    case TimeUnit::weekday:
      return census.within(0, 7) ? part : TimeUnit::none;
    case TimeUnit::day_of_month:
      return census.within(1, 31) ? part : TimeUnit::none;
    case TimeUnit::hour_of_day:
      return census.within(0, 24) ? part : TimeUnit::none;
    default:
      return TimeUnit::none;
  }
}

bool names_a_truth(const std::string& words) {
  return words.starts_with("is ") || words.starts_with("has ") || words.starts_with("was ");
}

void read_numbers(const Census& census, const ColumnName& name, const ColumnHint& hint,
                  ColumnKind& kind) {
  kind.type = ColumnType::number;
  const bool counted = kind.measure == Measure::count || kind.measure == Measure::sum;
  if (!counted) {
    // A year stays a year in an average or an extremum: bars of "average year" mean nothing.
    kind.unit = unit_of_numbers(census, name);
    if (kind.unit != TimeUnit::none) {
      kind.role = Role::time;
      return;
    }
    if (hint.type == ColumnType::boolean ||
        (names_a_truth(name.inner) && census.whole_numbers && census.within(0, 1))) {
      kind.role = Role::name;
      kind.type = ColumnType::boolean;
      return;
    }
    if (hint.type == ColumnType::text && kind.measure != Measure::average) {
      kind.role = Role::name;
      return;
    }
    if (kind.measure != Measure::average && (hint.key || names_an_identifier(name.inner))) {
      kind.role = Role::identifier;
      return;
    }
  }
  kind.role = Role::quantity;
  kind.additive = counted && !name.distinct;
}

ColumnKind kind_of(const ResultTable& result, std::size_t column, const ColumnHint& hint) {
  const Census census = census_of(result, column);
  const ColumnName name = take_apart(result.columns[column]);
  ColumnKind kind;
  kind.measure = hint.measure != Measure::unknown ? hint.measure : name.measure;
  kind.whole_numbers = census.whole_numbers;
  if (census.all_numbers()) {
    read_numbers(census, name, hint, kind);
  } else if (census.all_texts()) {
    const bool computed = kind.measure == Measure::count || kind.measure == Measure::sum ||
                          kind.measure == Measure::average;
    const bool as_part = name.part != TimeUnit::none || names_a_part(name.inner) != TimeUnit::none;
    if (census.texts_are_numbers && (computed || hint.type == ColumnType::number)) {
      kind.numeric_text = true;
      read_numbers(census, name, hint, kind);
    } else if (read_text_times(result, column, name.inner, census, kind)) {
      return kind;
    } else if (census.texts_are_numbers && as_part &&
               unit_of_numbers(census, name) != TimeUnit::none) {
      // strftime writes "03" for March.
      kind.numeric_text = true;
      kind.role = Role::time;
      kind.type = ColumnType::text;
      kind.unit = unit_of_numbers(census, name);
    } else {
      kind.role = hint.key ? Role::identifier : Role::name;
      kind.type = ColumnType::text;
    }
  } else if (census.known > 0 && census.numbers + census.texts == census.known) {
    // Grades "K", 1, 2: names, some of them digits.
    kind.role = Role::name;
  }
  return kind;
}

bool is_aggregate(Measure measure) {
  return measure != Measure::unknown && measure != Measure::none;
}

}  // namespace

std::vector<ColumnKind> column_kinds(const ResultTable& result,
                                     const std::vector<ColumnHint>& hints) {
  IDI_ASSERT(hints.empty() || hints.size() == result.columns.size());
  std::vector<ColumnKind> kinds;
  for (std::size_t c = 0; c < result.columns.size(); ++c) {
    kinds.push_back(kind_of(result, c, hints.empty() ? ColumnHint{} : hints[c]));
  }
  // A plain number beside an aggregate is what the rows were grouped by.
  const bool grouped = std::any_of(kinds.begin(), kinds.end(), [](const ColumnKind& kind) {
    return is_aggregate(kind.measure) && kind.role == Role::quantity;
  });
  for (ColumnKind& kind : kinds) {
    if (grouped && kind.role == Role::quantity && !is_aggregate(kind.measure)) {
      kind.role = Role::dimension;
    }
  }
  return kinds;
}

std::vector<ColumnType> column_types(const ResultTable& result) {
  std::vector<ColumnType> types;
  for (std::size_t c = 0; c < result.columns.size(); ++c) {
    const Census census = census_of(result, c);
    ColumnKind kind;
    if (census.all_numbers()) {
      kind.type = ColumnType::number;
    } else if (census.all_texts()) {
      kind.type = ColumnType::text;
      const bool read =
          read_text_times(result, c, take_apart(result.columns[c]).inner, census, kind);
      if (!read) kind.type = ColumnType::text;
    }
    types.push_back(kind.type);
  }
  return types;
}

}  // namespace idi::chart
