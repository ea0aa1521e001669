#include "tally.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace idi::model_generator {

void Tally::add(std::vector<Answer> answers) {
  if (answers.empty()) return;
  ++prompts_;
  const bool told = std::all_of(answers.begin(), answers.end(), [](const Answer& answer) {
    return answer.completion.log_probability && std::isfinite(*answer.completion.log_probability);
  });
  std::vector<double> shares(answers.size());
  double all = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const bool repeated = std::any_of(
        answers.begin(), answers.begin() + static_cast<int>(i),
        [&](const Answer& before) { return before.completion.text == answers[i].completion.text; });
    if (told && repeated) continue;
    shares[i] = told ? std::exp(std::max(*answers[i].completion.log_probability, -600.0)) : 1;
    all += shares[i];
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double share = shares[i] / all;
    const auto same = std::find_if(candidates_.begin(), candidates_.end(), [&](const Counted& c) {
      return c.candidate.sql == answers[i].candidate.sql;
    });
    if (same != candidates_.end()) {
      same->share += share;
    } else if (share > 0) {
      candidates_.push_back({std::move(answers[i].candidate), share});
    }
  }
}

std::vector<engine::SqlCandidate> Tally::take(std::size_t most) && {
  std::stable_sort(candidates_.begin(), candidates_.end(),
                   [](const Counted& a, const Counted& b) { return a.share > b.share; });
  if (candidates_.size() > most) candidates_.resize(most);
  std::vector<engine::SqlCandidate> result;
  for (auto& [candidate, share] : candidates_) {
    candidate.log_probability = std::log(share / prompts_);
    result.push_back(std::move(candidate));
  }
  return result;
}

}  // namespace idi::model_generator
