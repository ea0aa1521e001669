// A result as a file: CSV (RFC 4180), JSON (an array of objects), XLSX (Office Open XML). Rows go
// in one by one, bytes come out in chunks: nothing but the XLSX writer's temporary file grows with
// the result. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/value.hpp"

namespace idi::table_file {

enum class Format : std::uint8_t { csv, json, xlsx };
[[nodiscard]] std::optional<Format> format_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string_view content_type_of(Format format) noexcept;
[[nodiscard]] std::string_view extension_of(Format format) noexcept;  ///< "csv"

/// Of a spreadsheet, without its header.
inline constexpr std::int64_t max_xlsx_rows = 1'048'575;
inline constexpr std::size_t max_xlsx_columns = 16'384;
/// Of the sheet's XML before it is compressed: the temporary file, twice.
inline constexpr std::int64_t max_xlsx_sheet_bytes = 1 << 30;
/// UTF-16 units of one cell.
inline constexpr std::size_t max_xlsx_text_units = 32'767;

/// Takes a piece of the file; false: stop, nobody wants it any more.
using ByteSink = std::function<bool(std::string)>;

/// Text that a spreadsheet would take for a formula ("=…", "+…", "-…", "@…") is written so that it
/// stays text (CSV: a leading apostrophe, see csv.hpp; XLSX: a string cell).
///
/// CSV: UTF-8 without a byte order mark, CRLF, a header line; NULL is empty, the empty text is "".
/// JSON: names of columns that come again get "_2", "_3"; not finite numbers are null, bytes are
/// base64. XLSX: one sheet, bold header that stays in view; dates and times in ISO form are real
/// ones; integers of more than 15 digits, which a spreadsheet would round, are text, and so are
/// bytes (hexadecimal); text is cut at a spreadsheet's limit and says so.
///
/// begin() once, add() per row, finish() once, until one of them fails: then nothing more may be
/// called. Destroying it early leaves nothing behind.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  /// Errors of all three: cancelled (the sink said stop), limit_exceeded (XLSX: max_xlsx_rows,
  /// max_xlsx_columns, max_xlsx_sheet_bytes), io_failed (no room for the temporary file).
  [[nodiscard]] virtual Status begin(const std::vector<std::string>& columns) = 0;
  /// REQUIRES: as many cells as columns.
  [[nodiscard]] virtual Status add(const Row& row) = 0;
  [[nodiscard]] virtual Status finish() = 0;
};

[[nodiscard]] std::unique_ptr<TableWriter> make_table_writer(Format format, ByteSink sink);

}  // namespace idi::table_file
