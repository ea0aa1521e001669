// Results cut down to what a report shows.
#pragma once

#include "idi/core/error.hpp"
#include "idi/core/value.hpp"
#include "idi/eval/outcome.hpp"

namespace idi::eval {

[[nodiscard]] ResultPreview preview_of(const ResultTable& table);
[[nodiscard]] ResultPreview preview_of(const Error& error);

}  // namespace idi::eval
