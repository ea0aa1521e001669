// What a cell of a result is in a spreadsheet. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "idi/core/value.hpp"

namespace idi::table_file {

/// A moment that a spreadsheet can count: from 1900-03-01 (before, it counts a day that never was).
struct XlsxTime {
  int year = 0, month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  bool has_time = false;
  friend bool operator==(const XlsxTime&, const XlsxTime&) = default;
};

/// Null: nothing is written.
using XlsxCell = std::variant<Null, double, std::string, XlsxTime>;

[[nodiscard]] XlsxCell xlsx_cell(const Value& value);

/// "2024-02-29", "2024-02-29 13:05", "2024-02-29T13:05:59"; nullopt for anything else.
[[nodiscard]] std::optional<XlsxTime> xlsx_time(std::string_view text);

/// As the library and a spreadsheet take it: no NUL, no code points that XML lacks, "_x000A_" in
/// the text stays that, at most max_xlsx_text_units with a note at the end if it was cut.
[[nodiscard]] std::string xlsx_text(std::string_view text);

}  // namespace idi::table_file
