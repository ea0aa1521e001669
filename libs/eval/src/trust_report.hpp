// What the confidences of an evaluation are worth, for each kind of report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idi/confidence/confidence.hpp"
#include "idi/eval/outcome.hpp"

namespace idi::eval {

/// One JSON object; documented in docs/evaluation.md.
[[nodiscard]] std::string trust_json(const Trust& trust);
/// Lines for a terminal.
[[nodiscard]] std::string trust_text(const Trust& trust, std::size_t questions);
/// The measures with their names, as people read them. REQUIRES: trust.reliability.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> trust_figures(
    const Trust& trust);
/// The diagram as an element of a page.
[[nodiscard]] std::string reliability_drawing(const confidence::Reliability& reliability);

}  // namespace idi::eval
