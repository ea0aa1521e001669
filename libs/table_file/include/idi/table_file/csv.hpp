// Cells of CSV (RFC 4180). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "idi/core/value.hpp"

namespace idi::table_file {

/// Who reads it. A spreadsheet runs text that begins like a formula; `for_people` puts an
/// apostrophe before such text, unless it is no more than a number. `for_programs` changes nothing.
enum class CsvReader : std::uint8_t { for_people, for_programs };

/// NULL is empty, the empty text is "" in quotes, bytes are hexadecimal.
[[nodiscard]] std::string csv_cell(const Value& value, CsvReader reader);
/// The same for a text.
[[nodiscard]] std::string csv_text(std::string_view text, CsvReader reader);

/// A spreadsheet would take it for a formula, and it is not just a number with a sign.
[[nodiscard]] bool looks_like_formula(std::string_view text);

}  // namespace idi::table_file
