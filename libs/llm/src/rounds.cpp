#include "rounds.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "idi/core/assert.hpp"

namespace idi::llm {

namespace {

/// The candidates of a later round, and its work.
void append(Completions& all, Completions later) {
  if (all.candidates.empty()) {
    all = std::move(later);
    return;
  }
  std::move(later.candidates.begin(), later.candidates.end(), std::back_inserter(all.candidates));
  all.timings.generated_tokens += later.timings.generated_tokens;
  all.timings.prompt_ms += later.timings.prompt_ms;
  all.timings.generation_ms += later.timings.generation_ms;
}

}  // namespace

std::vector<Round> rounds_of(const CompletionRequest& request, int most_at_once) {
  IDI_ASSERT(request.candidates > 0 && request.max_tokens > 0 && most_at_once > 0);
  const double spread = std::max(request.temperature, request.spread_temperature);
  std::vector<Round> rounds;
  int begun = 0;
  if (request.candidates == 1 || request.temperature < spread) {
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

Result<Completions> run_rounds(const std::vector<Round>& rounds,
                               const std::function<Result<Completions>(const Round&)>& run) {
  Completions all;
  for (Round round : rounds) {
    while (round.count > 0) {
      IDI_TRY(Completions some, run(round));
      const int came = static_cast<int>(some.candidates.size());
      IDI_ASSERT(came > 0);
      append(all, std::move(some));
      round.first += came;
      round.count -= came;
    }
  }
  return all;
}

}  // namespace idi::llm
