// A result as the rules look at it: the kinds of its columns, its axes and the range of its
// measures, each computed when first asked for and kept. Lives for one call.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "axis.hpp"
#include "idi/chart/chart.hpp"
#include "idi/chart/column_kind.hpp"

namespace idi::chart {

/// What is known of a measure's values.
struct Range {
  std::size_t finite = 0;      ///< How many can be drawn.
  std::size_t missing = 0;     ///< NULL
  std::size_t not_finite = 0;  ///< Infinite or not a number.
  double low = 0;
  double high = 0;
  double sum = 0;         ///< May be infinite.
  bool ascending = true;  ///< In the order of the rows, NULLs apart.
  bool descending = true;
};

class Frame {
 public:
  Frame(const ResultTable& result, const std::vector<ColumnHint>& hints, const Limits& limits);

  const ResultTable& result() const { return result_; }
  const Limits& limits() const { return limits_; }
  const std::vector<ColumnKind>& kinds() const { return kinds_; }
  const ColumnKind& kind(int column) const { return kinds_[static_cast<std::size_t>(column)]; }
  int columns() const { return static_cast<int>(kinds_.size()); }
  std::size_t rows() const { return result_.rows.size(); }
  Coverage coverage(int column) const;
  /// In words, bounded.
  const std::string& words(int column) const { return words_[static_cast<std::size_t>(column)]; }
  /// The words of what is measured alone: "price" of "avg(price)".
  std::string inner_words(int column) const;

  std::optional<double> number(std::size_t row, int column) const;
  std::string label(AxisColumns columns, std::size_t row) const;

  const Axis& axis(AxisColumns columns);
  const Axis& axis(int column) { return axis(AxisColumns{column, -1}); }
  const Range& range(int column);
  /// No two rows share a place on both axes.
  bool pairs_are_unique(AxisColumns x, int series);

 private:
  const ResultTable& result_;
  const std::vector<ColumnHint>& hints_;
  Limits limits_;
  std::vector<ColumnKind> kinds_;
  std::vector<std::string> words_;
  std::map<AxisColumns, std::unique_ptr<Axis>> axes_;
  std::map<int, Range> ranges_;
  std::map<std::pair<AxisColumns, int>, bool> unique_pairs_;
};

}  // namespace idi::chart
