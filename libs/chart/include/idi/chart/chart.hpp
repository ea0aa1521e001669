// Which picture shows a result without lying: a pure function from a result (and what its query is
// known to do) to a chart specification with its data, ready to be drawn. No I/O, no state; any
// thread. Drawing, number formats and colours are the page's.
//
// The rules follow what the field agrees on (Mackinlay 1986, "Automating the design of graphical
// presentations"; Cleveland & McGill 1984): time runs along x, bars start at zero, parts of a whole
// only where they are parts, an identifier or a year is never a quantity.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"

namespace idi::chart {

enum class Kind : std::uint8_t {
  none,            ///< Nothing to show: no rows.
  table,           ///< The table alone.
  number,          ///< One value, large.
  line,            ///< One measure over time or an ordered number.
  multi_line,      ///< Several series over the same axis.
  area,            ///< One additive measure over time, filled to zero.
  bar,             ///< One measure per category, upright.
  horizontal_bar,  ///< The same with long or many names.
  stacked_bar,     ///< An additive measure per category, split by a second one.
  grouped_bar,     ///< Several measures, or series that must not be added, side by side.
  pie,             ///< Parts of a whole.
  scatter,         ///< Two measures against each other.
  histogram,       ///< How one measure is distributed.
};
/// "horizontal_bar", …: the wire name too.
[[nodiscard]] std::string_view kind_name(Kind kind) noexcept;
[[nodiscard]] std::optional<Kind> kind_from_name(std::string_view name) noexcept;

/// What a column of the result was made by, where the query is known (the page's own SQL is not).
enum class Measure : std::uint8_t {
  unknown,
  none,   ///< A plain column or a group key: no aggregate.
  count,  ///< Additive: parts add up to the whole. Not if the column is named "count(DISTINCT …)".
  sum,    ///< Additive.
  average,   ///< Not additive.
  extremum,  ///< min or max; not additive.
};

/// Whether the rows of a result are everything there is to add up.
enum class Coverage : std::uint8_t {
  unknown,
  whole,  ///< Every group is there: no LIMIT, no HAVING, each thing counted once.
  part,   ///< A top-n, or groups were filtered out: the rows are no whole.
};

struct ColumnHint {
  /// What the schema says of a plain column, other if it says nothing. Values come first; this
  /// tells 0 and 1 that are truths, digits that are texts, and texts that are numbers.
  ColumnType type = ColumnType::other;
  Measure measure = Measure::unknown;
  bool key = false;  ///< A primary or foreign key of the schema: never a quantity.
  Coverage coverage =
      Coverage::unknown;  ///< Of a count or a sum. A pie is chosen only over a whole.
  std::string label;      ///< In words: "number of orders". Empty: made from the column's name.
};

/// How a column is called before people: its label, or its name in words.
[[nodiscard]] std::string column_label(std::string_view column_name, const ColumnHint& hint);

/// How x runs.
enum class Scale : std::uint8_t { category, time, linear };
[[nodiscard]] std::string_view scale_name(Scale scale) noexcept;

struct Series {
  std::string name;
  /// One per label; nullopt where the result has NULL or nothing (a gap, never a zero).
  std::vector<std::optional<double>> values;
};

struct PointSeries {
  std::string name;
  std::vector<std::pair<double, double>> points;
};

/// What a user (or the question: "as a pie") wants instead of what would be chosen. Empty: chosen.
/// A kind without series (a pie) sums over them or is refused; a kind with one measure takes the
/// first of `y`. A chart's own kind, x_column, y_columns and series_column give that chart again.
struct Choice {
  std::optional<Kind> kind;
  std::optional<int> x;  ///< Column of the result.
  std::vector<int> y;    ///< Columns of the result.
  std::optional<int> series;
};

struct Chart {
  Kind kind = Kind::none;
  std::string title;   ///< "orders by store"; made from column names.
  std::string reason;  ///< For a person: "a category and a measure".
  Scale x_scale = Scale::category;
  std::string x_label;
  std::string y_label;
  int x_column = -1;
  std::vector<int> y_columns;
  int series_column = -1;
  bool zero_based = true;  ///< The y axis starts at zero.
  /// Along x (all kinds but number, scatter and table). Two may read alike; they stay two.
  std::vector<std::string> labels;
  std::vector<Series> series;       ///< With `labels`.
  std::vector<PointSeries> points;  ///< Scatter.
  std::optional<Value> value;       ///< Number.
  std::vector<std::string> notes;   ///< "14 smaller categories are folded into “other”."
  /// Kinds that can show this result honestly with the axes of the same Choice; `kind` first.
  std::vector<Kind> available;
};

/// All are enforced: what is over is thinned or folded, and a note says so. Limits too small to
/// show anything are raised (8 points, 2 categories, slices and series, 1 bin, 8 bytes).
struct Limits {
  int max_points = 1'000;   ///< Along a line, an area or in a scatter (all series together).
  int max_categories = 20;  ///< Bars; the rest is folded (if additive) or left out.
  int max_pie_slices = 6;
  int max_series = 8;
  int max_histogram_bins = 30;
  int max_label_bytes = 120;
};

/// A chart exists for every result; the worst case is the table. `hints` has one entry per column,
/// or is empty (then types are read from the values). `title` may be empty.
[[nodiscard]] Chart choose_chart(const ResultTable& result, const std::vector<ColumnHint>& hints,
                                 std::string_view title = {}, const Limits& limits = {});

/// The same with what the user wants. Errors: invalid_argument if the result cannot be shown so
/// honestly (a pie of averages, a line over nothing ordered, a column that is no number); the hint
/// says what can be done instead.
[[nodiscard]] Result<Chart> make_chart(const ResultTable& result,
                                       const std::vector<ColumnHint>& hints, const Choice& choice,
                                       std::string_view title = {}, const Limits& limits = {});

}  // namespace idi::chart
