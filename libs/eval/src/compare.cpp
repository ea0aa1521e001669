#include "idi/eval/compare.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "cell_numbering.hpp"
#include "column_search.hpp"

namespace idi::eval {
namespace {

using NumberedRow = std::vector<std::uint32_t>;

std::vector<NumberedRow> to_rows(const NumberedColumns& columns, std::size_t row_count) {
  std::vector<NumberedRow> rows(row_count, NumberedRow(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t r = 0; r < row_count; ++r) rows[r][c] = columns[c][r];
  }
  return rows;
}

void keep_distinct_rows(std::vector<NumberedRow>& rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

/// Each row's cells sorted by Python spelling, as the official quick rejection does.
std::vector<NumberedRow> unordered_rows(const std::vector<Row>& rows,
                                        const NumberedColumns& columns) {
  std::vector<NumberedRow> result;
  result.reserve(rows.size());
  std::vector<std::pair<std::string, std::uint32_t>> cells;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    cells.clear();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      cells.emplace_back(python_spelling(rows[r][c]), columns[c][r]);
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    NumberedRow& row = result.emplace_back();
    for (const auto& cell : cells) row.push_back(cell.second);
  }
  return result;
}

bool quickly_rejected(const std::vector<Row>& gold, const NumberedColumns& gold_columns,
                      const std::vector<Row>& predicted, const NumberedColumns& predicted_columns,
                      RowOrder order) {
  auto left = unordered_rows(gold, gold_columns);
  auto right = unordered_rows(predicted, predicted_columns);
  if (order == RowOrder::free) {
    keep_distinct_rows(left);
    keep_distinct_rows(right);
  }
  return left != right;
}

}  // namespace

bool spider_results_match(const std::vector<Row>& gold, const std::vector<Row>& predicted,
                          RowOrder order) {
  if (gold.size() != predicted.size()) return false;
  if (gold.empty()) return true;
  if (gold.front().size() != predicted.front().size()) return false;
  CellNumbering numbering;
  const NumberedColumns left = numbering.number(gold);
  const NumberedColumns right = numbering.number(predicted);
  const auto cells = static_cast<std::int64_t>(gold.size() * left.size());
  const bool same = order == RowOrder::fixed ? same_rows_under_some_permutation(left, right)
                                             : same_bag_under_some_permutation(
                                                   left, right, max_search_cells + 100 * cells);
  // Where equal cells are spelled alike, the official quick rejection cannot reject equal results.
  if (!same || !numbering.spellings_differ()) return same;
  return !quickly_rejected(gold, left, predicted, right, order);
}

bool bird_results_match(const std::vector<Row>& gold, const std::vector<Row>& predicted) {
  if (gold.empty() || predicted.empty()) return gold.empty() && predicted.empty();
  if (gold.front().size() != predicted.front().size()) return false;
  CellNumbering numbering;
  auto left = to_rows(numbering.number(gold), gold.size());
  auto right = to_rows(numbering.number(predicted), predicted.size());
  keep_distinct_rows(left);
  keep_distinct_rows(right);
  return left == right;
}

}  // namespace idi::eval
