// Reading one cell as a number or a label.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "idi/core/value.hpp"

namespace idi::chart {

/// A finite number, also from text if `from_text`; nullopt for everything else.
[[nodiscard]] std::optional<double> finite_number(const Value& value, bool from_text);
/// A double that is infinite or not a number: it cannot be drawn.
[[nodiscard]] bool is_not_finite(const Value& value);
/// The whole text is a finite decimal number ("-12.50").
[[nodiscard]] std::optional<double> number_in(std::string_view text);
/// At most max_bytes, cut between code points, with "…" if cut; control characters become blanks.
[[nodiscard]] std::string bounded(std::string_view text, int max_bytes);

}  // namespace idi::chart
