// An evaluation for programs (JSON) and for people (terminal text, one HTML page). All give the
// same figures, from the same Summary, rounded by one function.
#pragma once

#include <string>

#include "idi/eval/evaluate.hpp"
#include "idi/eval/options.hpp"

namespace idi::eval {

/// 77.85 percent: "77.85", as every report writes it.
[[nodiscard]] std::string percent_text(const Tally& tally);

/// The rules in words: "Spider's test-suite rules, DISTINCT ignored".
[[nodiscard]] std::string rules_text(const EvalOptions& options);

/// One JSON object on one line: execution_accuracy (percent), count, by_hardness, errors,
/// latency_ms, by_database, and the rules that were used. Documented in docs/evaluation.md.
[[nodiscard]] std::string summary_json(const Evaluation& evaluation, const EvalOptions& options);

/// A few lines for a terminal.
[[nodiscard]] std::string summary_text(const Evaluation& evaluation, const EvalOptions& options);

/// A whole page: no script, nothing loaded from elsewhere, everything that comes from questions,
/// queries and databases escaped.
[[nodiscard]] std::string report_html(const Evaluation& evaluation, const EvalOptions& options);

/// A reliability diagram as a file of its own: bars of accuracy by confidence, and the line on
/// which they would stand if the confidence meant just what it says.
[[nodiscard]] std::string reliability_svg(const confidence::Reliability& reliability);

}  // namespace idi::eval
