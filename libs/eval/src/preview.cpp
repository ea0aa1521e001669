#include "preview.hpp"

#include <algorithm>
#include <string>

namespace idi::eval {
namespace {

/// Cut at the limit, at the border of a UTF-8 sequence.
std::string shortened(std::string text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text + "…";
}

}  // namespace

ResultPreview preview_of(const ResultTable& table) {
  ResultPreview preview;
  preview.row_count = static_cast<std::int64_t>(table.rows.size());
  preview.complete = !table.truncated;
  const std::size_t column_count = std::min(table.columns.size(), max_preview_columns);
  for (std::size_t c = 0; c < column_count; ++c) {
    preview.columns.push_back(shortened(table.columns[c], max_preview_cell_bytes));
  }
  if (table.columns.size() > column_count) preview.columns.emplace_back("…");
  const std::size_t row_count = std::min(table.rows.size(), max_preview_rows);
  for (std::size_t r = 0; r < row_count; ++r) {
    auto& row = preview.rows.emplace_back();
    for (std::size_t c = 0; c < std::min(column_count, table.rows[r].size()); ++c) {
      row.push_back(shortened(to_display(table.rows[r][c]), max_preview_cell_bytes));
    }
    if (table.columns.size() > column_count) row.emplace_back("…");
  }
  return preview;
}

ResultPreview preview_of(const Error& error) {
  ResultPreview preview;
  constexpr std::size_t max_error_bytes = 400;
  preview.error = shortened(
      error.detail.empty() ? error.message : error.message + ": " + error.detail, max_error_bytes);
  return preview;
}

}  // namespace idi::eval
