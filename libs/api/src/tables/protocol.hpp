// …/rows and …/export: their parameters, the Results message, a file's name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "idi/chart/chart.hpp"
#include "idi/core/result.hpp"
#include "idi/core/value.hpp"
#include "idi/http/server.hpp"
#include "idi/table_file/table_writer.hpp"

namespace idi::api {

/// Errors of both: invalid_argument, naming the parameter.
[[nodiscard]] Result<std::int64_t> max_rows_of(const http::Request& request);
[[nodiscard]] Result<table_file::Format> format_of(const http::Request& request);

/// The protocol's Results, piece by piece.
[[nodiscard]] std::string results_beginning(const std::vector<std::string>& columns,
                                            const std::vector<chart::ColumnHint>& hints);
void append_row(std::string& text, const Row& row, bool first);
[[nodiscard]] std::string results_ending(bool truncated);

/// Content-Disposition (RFC 6266) of a file named after the question: an ASCII name for old
/// programs, the real one for others; nothing in it can be a path, a device or another header.
[[nodiscard]] std::string disposition_of(std::string_view title, table_file::Format format);

}  // namespace idi::api
