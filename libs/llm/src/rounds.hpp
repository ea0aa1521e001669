// How several candidates are asked for: all of one request have one temperature, so that the greedy
// one takes a request of its own; its prompt is in the cache for the others.
#pragma once

#include <functional>
#include <vector>

#include "idi/llm/language_model.hpp"

namespace idi::llm {

struct Round {
  int first = 0;  ///< Its first candidate's number: added to the seed.
  int count = 1;
  double temperature = 0;
};

/// `most_at_once`: candidates that one request may ask for.
[[nodiscard]] std::vector<Round> rounds_of(const CompletionRequest& request, int most_at_once);

/// Runs them one after the other; a round that brings fewer candidates than asked for (Ollama and
/// older versions of llama-server write one, whatever is asked) is run again for the others.
[[nodiscard]] Result<Completions> run_rounds(
    const std::vector<Round>& rounds, const std::function<Result<Completions>(const Round&)>& run);

}  // namespace idi::llm
