// Any bytes as cells: what is shown is valid UTF-8 without control characters, and fits.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "idi/core/text.hpp"
#include "table_view.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 4096) return 0;
  const int width = 20 + data[0] % 100;
  const std::size_t columns = 1 + data[1] % 6;
  std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  idi::ResultTable table;
  for (std::size_t c = 0; c < columns; ++c) table.columns.emplace_back(rest.substr(0, c));
  const std::size_t step = rest.size() / columns + 1;
  idi::Row row;
  for (std::size_t c = 0; c < columns; ++c) {
    row.emplace_back(std::string(rest.substr(std::min(c * step, rest.size()), step)));
  }
  table.rows.push_back(std::move(row));
  const std::string shown = idi::cli::render_table(table, {}, {width, false});
  if (!idi::text::is_valid_utf8(shown)) std::abort();
  for (const auto& line : idi::text::split(shown, '\n')) {
    if (idi::text::display_width(line) > width) std::abort();
    for (const char c : line) {
      if (static_cast<unsigned char>(c) < 0x20) std::abort();
    }
  }
  return 0;
}
