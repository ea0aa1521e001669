// What each column of a result means to a picture: read from its values first, then from what the
// query is known to do (hints), then from its name. The one place where this is decided; pure
// functions, any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "idi/chart/chart.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"

namespace idi::chart {

/// What a column can be used for.
enum class Role : std::uint8_t {
  quantity,    ///< Numbers that can be measured, compared and drawn to scale.
  time,        ///< A moment or a part of the calendar: runs along x, is never a quantity.
  dimension,   ///< Numbers that rows are grouped by beside an aggregate: "age" with "count(*)".
  name,        ///< Texts, booleans, texts mixed with numbers: categories.
  identifier,  ///< Keys, codes, phone numbers, ranks: names made of digits.
  unusable,    ///< Blobs, nothing but NULL.
};

/// How fine a time is. From `month_of_year` on, units are parts of the calendar without a year.
enum class TimeUnit : std::uint8_t {
  none,
  year,
  quarter,
  month,
  week,
  day,
  instant,
  month_of_year,
  quarter_of_year,
  weekday,
  day_of_month,
  hour_of_day,
  time_of_day,
};

struct ColumnKind {
  Role role = Role::unusable;
  ColumnType type = ColumnType::other;  ///< Of the values: as column_types says, hints heeded.
  TimeUnit unit = TimeUnit::none;       ///< With Role::time.
  Measure measure = Measure::unknown;   ///< The hint's, or as the name says ("count(*)").
  bool additive = false;         ///< Values of different rows may be summed (count, sum; not of
                                 ///< distinct values).
  bool whole_numbers = true;     ///< No known value has a fraction.
  bool day_first = false;        ///< Texts like 17/05/2023 rather than 05/17/2023.
  bool ambiguous_dates = false;  ///< Every such text could be read both ways.
  bool numeric_text = false;     ///< Numbers that the database handed over as text.
};

/// One per column. `hints` has one entry per column, or is empty.
[[nodiscard]] std::vector<ColumnKind> column_kinds(const ResultTable& result,
                                                   const std::vector<ColumnHint>& hints);

/// From the values alone. number: all known values are numbers; time: all are texts that are times
/// ("2023-05-17 10:00", "2023-Q1", "May 5, 2009", "January"); text: all are texts; other: mixed,
/// blobs, or nothing known.
[[nodiscard]] std::vector<ColumnType> column_types(const ResultTable& result);

/// A time as a number that sorts as time does: days since 1970 for times with a year, else the
/// place in the calendar (weeks start on Monday).
struct TimeReading {
  TimeUnit unit = TimeUnit::none;
  double key = std::numeric_limits<double>::quiet_NaN();
  bool slashed = false;  ///< Day and month could be either way round.
};

/// unit none if the text is no time. `day_first` decides 05/06/2023.
[[nodiscard]] TimeReading read_time(std::string_view text, bool day_first = false);

}  // namespace idi::chart
