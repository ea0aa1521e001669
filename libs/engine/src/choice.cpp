#include "choice.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace idi::engine {
namespace {

parser::CandidateOutcome outcome_of(const Trial& trial) {
  switch (trial.state) {
    case TrialState::rows:
    case TrialState::empty:
      return parser::outcome_of(trial.table);
    case TrialState::failed:
      return parser::outcome_of(*trial.error);
    case TrialState::too_slow:
    case TrialState::not_tried:
      break;
  }
  return parser::outcome_of(make_error(ErrorCode::timeout, "not run to its end"));
}

}  // namespace

Choice choose(const std::vector<SqlCandidate>& candidates, const std::vector<Trial>& trials,
              const link::LinkedQuestion& question, const Schema& schema,
              const parser::Selector& selector) {
  std::vector<parser::CandidateOutcome> outcomes;
  for (const Trial& trial : trials) outcomes.push_back(outcome_of(trial));

  Choice choice;
  choice.features = parser::selection_features(question, schema, candidates, outcomes);
  for (const auto& features : choice.features) choice.scores.push_back(selector.score(features));
  choice.order.resize(candidates.size());
  std::iota(choice.order.begin(), choice.order.end(), std::size_t{0});
  std::stable_sort(choice.order.begin(), choice.order.end(), [&](std::size_t a, std::size_t b) {
    return choice.scores[a] > choice.scores[b];
  });

  // The selector's scores are fitted as a softmax over the candidates, so their shares are
  // probabilities; candidates with the same result stand behind the same answer.
  const std::size_t best = choice.order.front();
  double all = 0, behind = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const double share = std::exp(choice.scores[i] - choice.scores[best]);
    all += share;
    const bool agrees = outcomes[best].ran && outcomes[i].ran && !outcomes[best].truncated &&
                        !outcomes[i].truncated &&
                        outcomes[i].result_hash == outcomes[best].result_hash;
    if (i == best || agrees) behind += share;
  }
  choice.confidence = behind / all;
  return choice;
}

}  // namespace idi::engine
