// A result as a file: CSV (RFC 4180), JSON (an array of objects), XLSX (Office Open XML). Rows go
// in one by one, bytes come out in chunks: nothing but the XLSX writer's temporary file grows with
// the result. One thread at a time.
#pragma once

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

/// Takes a piece of the file; false: stop, nobody wants it any more.
using ByteSink = std::function<bool(std::string)>;

/// Text that a spreadsheet would take for a formula ("=…", "+…", "-…", "@…") is written so that it
/// stays text (CSV: a leading apostrophe; XLSX: a string cell).
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  /// Errors: cancelled (the sink said stop), limit_exceeded (XLSX: 1 048 575 rows, 16 384 columns),
  /// io_failed (no room for the temporary file).
  [[nodiscard]] virtual Status begin(const std::vector<std::string>& columns) = 0;
  [[nodiscard]] virtual Status add(const Row& row) = 0;
  [[nodiscard]] virtual Status finish() = 0;
};

[[nodiscard]] std::unique_ptr<TableWriter> make_table_writer(Format format, ByteSink sink);

}  // namespace idi::table_file
