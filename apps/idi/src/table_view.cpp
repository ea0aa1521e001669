#include "table_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "idi/core/text.hpp"
#include "output.hpp"

namespace idi::cli {
namespace {

constexpr int gap = 2;          // blanks between columns
constexpr int least_width = 4;  // a cell narrower than this says nothing
constexpr const char* bold = "\x1b[1m";
constexpr const char* dim = "\x1b[2m";
constexpr const char* plain = "\x1b[0m";

struct Cell {
  std::string text;
  int width = 0;
  bool to_right = false;
  bool is_null = false;
};

/// The noise of binary fractions (263.71250000000015) is not shown to people; JSON and CSV have it.
std::string display_of(const Value& value) {
  std::string exact = to_display(value);
  const auto* real = std::get_if<double>(&value);
  constexpr std::size_t digits = 12;
  if (!real || exact.size() <= digits + 1) return exact;
  std::string rounded = fmt::format("{:.{}g}", *real, digits);
  return rounded.find('e') == std::string::npos ? rounded : exact;
}

Cell make_cell(const Value& value, bool column_is_number) {
  Cell cell;
  cell.text = safe_for_terminal(display_of(value), true);
  cell.width = text::display_width(cell.text);
  cell.is_null = std::holds_alternative<Null>(value);
  const bool number =
      std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
  cell.to_right = number || (column_is_number && cell.is_null);
  return cell;
}

/// Bytes of the code point that starts with this byte (valid UTF-8).
std::size_t code_point_bytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// Takes from the widest columns until the sum fits; false if they would become too narrow.
bool shrink(std::vector<int>& widths, int available) {
  int total = std::accumulate(widths.begin(), widths.end(), 0);
  while (total > available) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= least_width) return false;
    --*widest;
    --total;
  }
  return true;
}

void append_cell(std::string& line, const std::string& text, int width, bool to_right, bool last) {
  const int used = text::display_width(text);
  const auto blanks = static_cast<std::size_t>(std::max(0, width - used));
  if (to_right) line.append(blanks, ' ');
  line += text;
  if (!to_right && !last) line.append(blanks, ' ');
}

std::string painted(const std::string& text, const char* code, bool color) {
  return color ? code + text + plain : text;
}

std::string side_by_side(const std::vector<Cell>& header,
                         const std::vector<std::vector<Cell>>& rows, const std::vector<int>& widths,
                         const TableStyle& style) {
  std::string out;
  const auto add_line = [&](const std::vector<Cell>& cells, bool is_header) {
    std::string line;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) line.append(gap, ' ');
      std::string cell;
      append_cell(cell, fit(cells[c].text, widths[c]), widths[c], cells[c].to_right,
                  c + 1 == cells.size());
      if (is_header) {
        line += painted(cell, bold, style.color);
      } else {
        line += cells[c].is_null ? painted(cell, dim, style.color) : cell;
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);  // an empty last cell
    out += line + '\n';
  };
  add_line(header, true);
  std::string rule;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    if (c > 0) rule.append(gap, ' ');
    for (int i = 0; i < widths[c]; ++i) rule += "─";
  }
  out += rule + '\n';
  for (const auto& row : rows) add_line(row, false);
  return out;
}

/// One row after the other, a line for each column.
std::string below_each_other(const std::vector<Cell>& header,
                             const std::vector<std::vector<Cell>>& rows, const TableStyle& style) {
  int name_width = 0;
  for (const Cell& name : header) name_width = std::max(name_width, name.width);
  name_width = std::min(name_width, std::max(least_width, style.width / 2));
  const int value_width = std::max(least_width, style.width - name_width - gap);
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    out += painted(fit(fmt::format("row {}", r + 1), style.width), dim, style.color) + '\n';
    for (std::size_t c = 0; c < header.size(); ++c) {
      std::string line;
      append_cell(line, fit(header[c].text, name_width), name_width, false, false);
      out += painted(line, bold, style.color) + std::string(gap, ' ');
      const std::string value = fit(rows[r][c].text, value_width);
      out += (rows[r][c].is_null ? painted(value, dim, style.color) : value) + '\n';
    }
  }
  return out;
}

}  // namespace

std::string fit(const std::string& text, int width) {
  if (text::display_width(text) <= width) return text;
  if (width <= 0) return {};
  std::string cut;
  int used = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = std::min(code_point_bytes(text[i]), text.size() - i);
    const std::string one = text.substr(i, length);
    const int columns = text::display_width(one);
    if (used + columns > width - 1) break;
    cut += one;
    used += columns;
    i += length;
  }
  return cut + "…";
}

std::string render_table(const ResultTable& table, const std::vector<ColumnType>& types,
                         const TableStyle& style) {
  if (table.columns.empty()) return {};
  std::vector<Cell> header;
  std::vector<std::vector<Cell>> rows;
  std::vector<int> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    Cell name;
    name.text = safe_for_terminal(table.columns[c], true);
    name.width = text::display_width(name.text);
    name.to_right = c < types.size() && types[c] == ColumnType::number;
    widths.push_back(std::max(1, name.width));
    header.push_back(std::move(name));
  }
  for (const Row& row : table.rows) {
    std::vector<Cell>& cells = rows.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      cells.push_back(make_cell(row[c], header[c].to_right));
      widths[c] = std::max(widths[c], cells.back().width);
    }
  }
  if (style.width <= 0) return side_by_side(header, rows, widths, style);
  const int available = style.width - gap * (static_cast<int>(widths.size()) - 1);
  if (shrink(widths, available)) return side_by_side(header, rows, widths, style);
  return below_each_other(header, rows, style);
}

}  // namespace idi::cli
