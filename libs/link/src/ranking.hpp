// Scores tables and columns, and keeps the best of them within a budget. Pure functions.
#pragma once

#include <vector>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "name_index.hpp"

namespace idi::link {

struct ItemScores {
  std::vector<double> tables;
  std::vector<double> columns;  ///< By flat index.
};

/// How the question's words match the cells of columns: one row for each column that is hit.
struct CellMatches {
  int column = 0;  ///< Flat index.
  std::vector<CellMatch> tokens;
};

[[nodiscard]] ItemScores score_items(const Schema& schema, const std::vector<int>& first_columns,
                                     const NameIndex& names,
                                     const std::vector<ItemMatches>& name_matches,
                                     const std::vector<CellMatches>& cell_matches);

struct Selection {
  std::vector<int> tables;
  std::vector<ColumnRef> columns;
};
/// Everything if it fits; else the best tables, those that join them, their keys and best columns.
/// In schema order.
[[nodiscard]] Selection select_items(const Schema& schema, const std::vector<int>& first_columns,
                                     const ItemScores& scores, const LinkBudget& budget);

}  // namespace idi::link
