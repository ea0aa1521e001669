#include "frame.hpp"

#include <algorithm>

#include "cell.hpp"
#include "column_words.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi::chart {
namespace {

/// Below these nothing can be shown.
Limits usable(Limits limits) {
  limits.max_points = std::max(limits.max_points, 8);
  limits.max_categories = std::max(limits.max_categories, 2);
  limits.max_pie_slices = std::max(limits.max_pie_slices, 2);
  limits.max_series = std::max(limits.max_series, 2);
  limits.max_histogram_bins = std::max(limits.max_histogram_bins, 1);
  limits.max_label_bytes = std::max(limits.max_label_bytes, 8);
  return limits;
}

}  // namespace

Frame::Frame(const ResultTable& result, const std::vector<ColumnHint>& hints, const Limits& limits)
    : result_(result), hints_(hints), limits_(usable(limits)), kinds_(column_kinds(result, hints)) {
  for (std::size_t c = 0; c < kinds_.size(); ++c) {
    words_.push_back(
        bounded(text::to_valid_utf8(hints.empty() || hints[c].label.empty()
                                        ? words_of(result.columns[c], kinds_[c].measure)
                                        : hints[c].label),
                limits_.max_label_bytes));
  }
}

Coverage Frame::coverage(int column) const {
  return hints_.empty() ? Coverage::unknown : hints_[static_cast<std::size_t>(column)].coverage;
}

std::string Frame::inner_words(int column) const {
  return take_apart(result_.columns[static_cast<std::size_t>(column)]).inner;
}

std::optional<double> Frame::number(std::size_t row, int column) const {
  const Row& cells = result_.rows[row];
  const auto c = static_cast<std::size_t>(column);
  return c < cells.size() ? finite_number(cells[c], kinds_[c].numeric_text) : std::nullopt;
}

std::string Frame::label(AxisColumns columns, std::size_t row) const {
  return label_of(result_, kinds_, columns, row, limits_.max_label_bytes);
}

const Axis& Frame::axis(AxisColumns columns) {
  auto& kept = axes_[columns];
  if (!kept) kept = std::make_unique<Axis>(make_axis(result_, kinds_, columns));
  return *kept;
}

const Range& Frame::range(int column) {
  const auto [kept, added] = ranges_.try_emplace(column);
  Range& range = kept->second;
  if (!added) return range;
  const auto c = static_cast<std::size_t>(column);
  std::optional<double> previous;
  for (std::size_t r = 0; r < rows(); ++r) {
    const auto value = number(r, column);
    if (!value) {
      const bool bad = c < result_.rows[r].size() && is_not_finite(result_.rows[r][c]);
      ++(bad ? range.not_finite : range.missing);
      continue;
    }
    range.low = range.finite == 0 ? *value : std::min(range.low, *value);
    range.high = range.finite == 0 ? *value : std::max(range.high, *value);
    range.sum += *value;
    range.ascending = range.ascending && (!previous || *previous <= *value);
    range.descending = range.descending && (!previous || *previous >= *value);
    previous = value;
    ++range.finite;
  }
  return range;
}

bool Frame::pairs_are_unique(AxisColumns x, int series) {
  const auto [kept, added] = unique_pairs_.try_emplace({x, series}, true);
  if (!added) return kept->second;
  const Axis& along = axis(x);
  const Axis& across = axis(series);
  std::vector<std::int64_t> pairs;
  pairs.reserve(rows());
  for (std::size_t r = 0; r < rows(); ++r) {
    if (along.place_of_row[r] < 0 || across.place_of_row[r] < 0) continue;
    pairs.push_back(static_cast<std::int64_t>(along.place_of_row[r]) * across.size() +
                    across.place_of_row[r]);
  }
  std::sort(pairs.begin(), pairs.end());
  kept->second = std::adjacent_find(pairs.begin(), pairs.end()) == pairs.end();
  return kept->second;
}

}  // namespace idi::chart
