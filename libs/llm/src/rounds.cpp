#include "rounds.hpp"

#include <algorithm>
#include <iterator>

namespace idi::llm {

std::vector<Round> rounds_of(const CompletionRequest& request, int most_at_once) {
  const double spread = std::max(request.temperature, request.spread_temperature);
  std::vector<Round> rounds;
  int begun = 0;
  if (request.candidates <= 1 || request.temperature < spread) {
    rounds.push_back({0, 1, request.temperature});
    begun = 1;
  }
  while (begun < request.candidates) {
    const int count = std::min(most_at_once, request.candidates - begun);
    rounds.push_back({begun, count, spread});
    begun += count;
  }
  return rounds;
}

void append(Completions& all, Completions later) {
  if (all.candidates.empty()) {
    const double first_text_ms = all.timings.first_text_ms;
    all = std::move(later);
    all.timings.first_text_ms = first_text_ms;
    return;
  }
  std::move(later.candidates.begin(), later.candidates.end(), std::back_inserter(all.candidates));
  all.timings.generated_tokens += later.timings.generated_tokens;
  all.timings.prompt_ms += later.timings.prompt_ms;
  all.timings.generation_ms += later.timings.generation_ms;
}

}  // namespace idi::llm
