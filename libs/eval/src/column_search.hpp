// Is there a permutation of the columns that makes two bags of rows equal? Backtracking over
// columns, pruned after each by comparing the bags of row prefixes as one commutative hash.
#pragma once

#include <cstdint>

#include "cell_numbering.hpp"

namespace idi::eval {

/// Exact; false also when `max_cells` of work did not suffice.
/// REQUIRES: the same number of columns, all columns of the same length.
[[nodiscard]] bool same_bag_under_some_permutation(const NumberedColumns& left,
                                                   const NumberedColumns& right,
                                                   std::int64_t max_cells);

/// Rows must agree in sequence.
[[nodiscard]] bool same_rows_under_some_permutation(const NumberedColumns& left,
                                                    const NumberedColumns& right);

}  // namespace idi::eval
