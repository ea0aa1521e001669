// Several evaluations side by side: the same questions in other words, or the same questions
// answered without a part of the system. The first is what the others are compared with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/eval/outcome.hpp"

namespace idi::eval {

struct SeriesEntry {
  std::string name;
  Summary summary;
};

/// A table for a terminal: accuracy, points more than the first, right answers, milliseconds a
/// question (p50, p95). `title` heads the names.
[[nodiscard]] std::string series_text(std::string_view title,
                                      const std::vector<SeriesEntry>& entries);
/// A JSON array of {name, execution_accuracy, gain, count, correct, total_ms: {p50, p95}}.
[[nodiscard]] std::string series_json(const std::vector<SeriesEntry>& entries);

}  // namespace idi::eval
