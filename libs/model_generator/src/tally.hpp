// Adds up what a model wrote, in answer to one prompt or to several orders of the same: who says
// the same statement stands behind it with his probability.
#pragma once

#include <cstddef>
#include <vector>

#include "idi/engine/sql_candidate.hpp"
#include "idi/llm/language_model.hpp"

namespace idi::model_generator {

class Tally {
 public:
  struct Answer {
    llm::Completion completion;
    engine::SqlCandidate candidate;
  };
  /// The readable answers to one prompt: they share one vote, by the model's own probabilities
  /// where it tells them (each text once, however often it was drawn), else by their number.
  void add(std::vector<Answer> answers);

  [[nodiscard]] bool empty() const { return candidates_.empty(); }
  /// Most probable first, at most so many; log_probability is set, the shares sum to 1 over all.
  [[nodiscard]] std::vector<engine::SqlCandidate> take(std::size_t most) &&;

 private:
  struct Counted {
    engine::SqlCandidate candidate;
    double share = 0;
  };
  std::vector<Counted> candidates_;
  int prompts_ = 0;
};

}  // namespace idi::model_generator
