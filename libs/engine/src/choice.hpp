// Which candidate answers the question, and how sure that is.
//
// Candidates with the same result stand behind the same answer (a cluster). One engine alone: the
// parser's selector, or a model's own probabilities, say which. Two engines are two witnesses whose
// mistakes are taken as independent. With N answers on the table, "none of these" among them,
//
//   P(answer) ∝ ((1 − s) p + s / N) · (r q + (1 − r) / N)
//
// p: the selector's share behind the answer, 0 for what the parser did not think of; q: the model's
// share, by the selector as well where it can read all that the model wrote, else by the model's
// own probabilities; s: how often the parser thinks of nothing right (parser_misses); r: how often
// the model is right (SqlGenerator::reliability).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "idi/clarification/clarification.hpp"
#include "idi/core/schema.hpp"
#include "idi/engine/answer.hpp"
#include "idi/engine/sql_generator.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/parser/selector.hpp"
#include "trials.hpp"

namespace idi::engine {

struct Choice {
  std::vector<std::size_t> order;                   ///< Candidate indices, best first; all of them.
  std::vector<double> scores;                       ///< By candidate index.
  std::vector<parser::SelectionFeatures> features;  ///< By candidate index; 0 where not weighed.
  std::vector<std::size_t> clusters;  ///< By candidate index: equal for equal answers.
  std::vector<double> probabilities;  ///< By candidate index; "none of these" has the rest to 1.
  double share = 0;                   ///< 0–1: the probability behind the answer of the first.
  Agreement agreement = Agreement::only_parser;
  /// Where they differ: the best of the engine that did not write the first.
  std::optional<std::size_t> other;
};

/// What weighs candidates.
struct Scales {
  const link::LinkedQuestion& question;
  const Schema& schema;
  const parser::Selector* selector = nullptr;  ///< The parser's.
  double model_reliability = 0;
  /// What the user said when asked back: a query that is not in accord comes behind all that are.
  std::span<const clarification::Resolution> resolutions = {};
  /// False: the engine's own probabilities decide, whatever running showed.
  bool execution_choice = true;
};

/// REQUIRES: at least one candidate, as many trials as candidates; a selector if one is the
/// parser's.
[[nodiscard]] Choice choose(const std::vector<SqlCandidate>& candidates,
                            const std::vector<Trial>& trials, const Scales& scales);

}  // namespace idi::engine
