// Reading one cell as a number or a label.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "idi/core/value.hpp"

namespace idi::chart {

inline const Value no_value = Null{};

/// NULL where a row is shorter than the table is wide.
[[nodiscard]] inline const Value& cell_at(const ResultTable& result, std::size_t row, int column) {
  const Row& cells = result.rows[row];
  const auto c = static_cast<std::size_t>(column);
  return c < cells.size() ? cells[c] : no_value;
}

/// The whole text is a finite decimal number ("-12.50").
[[nodiscard]] std::optional<double> number_in(std::string_view text);

/// A finite number, also from text if `from_text`; nullopt for everything else.
[[nodiscard]] inline std::optional<double> finite_number(const Value& value, bool from_text) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) {
    return std::isfinite(*real) ? std::optional{*real} : std::nullopt;
  }
  const auto* text = from_text ? std::get_if<std::string>(&value) : nullptr;
  return text != nullptr ? number_in(*text) : std::nullopt;
}
/// A double that is infinite or not a number: it cannot be drawn.
[[nodiscard]] bool is_not_finite(const Value& value);
/// At most max_bytes, cut between code points, with "…" if cut; control characters become blanks.
[[nodiscard]] std::string bounded(std::string_view text, int max_bytes);

}  // namespace idi::chart
