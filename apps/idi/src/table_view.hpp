// A result as a table for a terminal or a text file. Pure: text in, text out.
#pragma once

#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"

namespace idi::cli {

struct TableStyle {
  int width = 0;       ///< Columns of the terminal; 0: as wide as needed.
  bool color = false;  ///< Bold header, dim NULL.
};

/// Columns side by side, numbers to the right, cells cut with "…" where the width is short; below
/// each other, one row after the other, where even that does not fit. Ends with a newline, or is
/// empty if there are no columns. `types` may be shorter than the columns.
[[nodiscard]] std::string render_table(const ResultTable& table,
                                       const std::vector<ColumnType>& types,
                                       const TableStyle& style);

/// At most `width` terminal columns of the text; what is cut is shown by "…".
[[nodiscard]] std::string fit(const std::string& text, int width);

}  // namespace idi::cli
