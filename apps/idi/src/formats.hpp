// Answers for other programs: JSON (one object) and CSV (RFC 4180). Pure.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/error.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/engine/answer.hpp"

namespace idi::cli {

/// Members: question, kind, sql, columns [{name, type}], rows, row_count, truncated, confidence,
/// explanation, candidates, warnings, phase_ms, total_ms. NULL is null, bytes are {"base64": "…"}.
[[nodiscard]] std::string answer_as_json(std::string_view question, const engine::Answer& answer);
/// {"error": {code, message, hint, detail, exit_code}}
[[nodiscard]] std::string error_as_json(const Error& error);
/// Tables with their columns, and the keys.
[[nodiscard]] std::string schema_as_json(const Schema& schema);
/// Header and rows, CRLF line ends. NULL is empty, bytes are hexadecimal.
[[nodiscard]] std::string table_as_csv(const ResultTable& table);

}  // namespace idi::cli
