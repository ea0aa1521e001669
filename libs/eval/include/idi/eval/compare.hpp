// Do two results answer the same question? The rules of Spider's official test-suite evaluator and
// of BIRD's, cell for cell as their Python sees them: 1 equals 1.0, NULL equals NULL, text never
// equals a number, upper and lower case differ. Pure functions, no I/O.
#pragma once

#include <cstdint>
#include <vector>

#include "idi/core/value.hpp"

namespace idi::eval {

enum class RowOrder : std::uint8_t { free, fixed };

/// The work that the search for a column permutation may cost, in cells looked at, beside 100
/// passes over the results. It prunes so well that only results made to be hard come near; past it
/// the results count as different.
inline constexpr std::int64_t max_search_cells = 50'000'000;

/// Spider: equal if some permutation of the columns makes the rows the same bag (RowOrder::free) or
/// the same sequence (fixed). Two results without rows are equal whatever their columns.
/// Reproduced too: the official quick rejection sorts the cells of a row by their Python spelling,
/// so (1, 1.5) and (1.0, 1.5), equal cell for cell, count as different.
/// REQUIRES: the rows of one result all have the same number of cells.
[[nodiscard]] bool spider_results_match(const std::vector<Row>& gold,
                                        const std::vector<Row>& predicted, RowOrder order);

/// BIRD: the same set of rows, the columns in the same order; repeated rows count once.
[[nodiscard]] bool bird_results_match(const std::vector<Row>& gold,
                                      const std::vector<Row>& predicted);

}  // namespace idi::eval
