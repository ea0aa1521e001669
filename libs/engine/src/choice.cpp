#include "choice.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace idi::engine {
namespace {

/// Rows as one text, their order left out: equal texts, equal answers.
std::string answer_key(const ResultTable& table) {
  std::vector<std::string> rows;
  for (const Row& row : table.rows) {
    std::string text;
    for (const Value& value : row) {
      text += std::to_string(value.index());
      text += to_display(value);
      text += '\x1f';
    }
    rows.push_back(std::move(text));
  }
  std::sort(rows.begin(), rows.end());
  std::string key = std::to_string(table.columns.size());
  for (const auto& row : rows) {
    key += '\x1e';
    key += row;
  }
  return key;
}

bool ran(const Trial& trial) {
  return trial.state == TrialState::rows || trial.state == TrialState::empty;
}

}  // namespace

Choice choose(const std::vector<SqlCandidate>& candidates, const std::vector<Trial>& trials,
              const link::LinkedQuestion& /*question*/, const Schema& /*schema*/) {
  Choice choice;
  choice.order.resize(candidates.size());
  std::iota(choice.order.begin(), choice.order.end(), std::size_t{0});
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    choice.scores.push_back(candidates[i].log_probability -
                            (trials[i].state == TrialState::failed ? 1000.0 : 0.0));
  }
  std::stable_sort(choice.order.begin(), choice.order.end(), [&](std::size_t a, std::size_t b) {
    return choice.scores[a] > choice.scores[b];
  });

  // The share of probability behind the chosen answer: candidates that say the same in other words
  // stand behind it too.
  const std::size_t best = choice.order.front();
  const std::string key = answer_key(trials[best].table);
  double all = 0, behind = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const double weight = std::exp(candidates[i].log_probability);
    all += weight;
    const bool agrees =
        i == best || (ran(trials[best]) && ran(trials[i]) && answer_key(trials[i].table) == key);
    if (agrees) behind += weight;
  }
  choice.confidence = all > 0 ? behind / all : 0;
  return choice;
}

}  // namespace idi::engine
