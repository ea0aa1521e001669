// An Outcome as one line of JSON and back: the journal's records.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/eval/outcome.hpp"

namespace idi::eval {

/// Without the line's end.
[[nodiscard]] std::string to_json_line(const Outcome& outcome);

/// Errors: invalid_argument (no such record; a line cut short).
[[nodiscard]] Result<Outcome> outcome_from_json_line(std::string_view line);

}  // namespace idi::eval
