// Which candidate answers the question, and how sure that is.
#pragma once

#include <cstddef>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/engine/sql_generator.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/parser/selector.hpp"
#include "trials.hpp"

namespace idi::engine {

struct Choice {
  std::vector<std::size_t> order;                   ///< Candidate indices, best first; all of them.
  std::vector<double> scores;                       ///< By candidate index.
  std::vector<parser::SelectionFeatures> features;  ///< By candidate index.
  double confidence = 0;                            ///< 0–1, of the first.
};

/// REQUIRES: at least one candidate, as many trials as candidates.
[[nodiscard]] Choice choose(const std::vector<SqlCandidate>& candidates,
                            const std::vector<Trial>& trials, const link::LinkedQuestion& question,
                            const Schema& schema, const parser::Selector& selector);

}  // namespace idi::engine
