// What is known of a chosen answer, as the features that its confidence is calculated from.
#pragma once

#include <cstddef>
#include <span>

#include "generation/proposer.hpp"
#include "idi/answerability/answerability.hpp"
#include "idi/confidence/confidence.hpp"
#include "idi/core/value.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/verification/finding.hpp"

namespace idi::engine {

struct Evidence {
  const Proposals& proposals;
  std::size_t chosen = 0;  ///< Candidate index.
  const link::LinkedQuestion& question;
  const Schema& schema;
  const answerability::WordSupport& support;
  const ResultTable& result;
  std::span<const verification::Finding> findings;
  bool follow_up = false;
};

[[nodiscard]] confidence::Features features_of(const Evidence& evidence);

/// Of the words with a meaning of their own, the share that the chosen query uses; 1 if its tree is
/// not known.
[[nodiscard]] double words_used(const SqlCandidate& chosen, const link::LinkedQuestion& question,
                                const Schema& schema, const answerability::WordSupport& support);

/// The likeliest candidate of the parser's with the chosen answer: its own probability a step.
/// 1 if only a model has it.
[[nodiscard]] double step_probability(const Proposals& proposals, std::size_t chosen);

}  // namespace idi::engine
