#include "answer.hpp"

#include <algorithm>
#include <utility>

namespace idi::llm {
namespace {

/// A token that ends inside a character lets a server write a few more.
constexpr int tokens_over_the_limit = 16;
constexpr std::size_t max_bytes_of_token = 512;

Error does_not_stop() {
  return make_error(ErrorCode::limit_exceeded,
                    "the model server wrote more than it was allowed and did not stop");
}

}  // namespace

Answer::Answer(int candidates, int max_tokens, std::function<void(std::string_view)> on_text)
    : max_tokens_(max_tokens), on_text_(std::move(on_text)), candidates_(candidates) {}

Status Answer::take(const StreamStep& step) {
  for (const Piece& piece : step.pieces) {
    if (piece.candidate < 0 || piece.candidate >= static_cast<int>(candidates_.size())) {
      return make_error(ErrorCode::internal,
                        "the model server sent a candidate that was not asked for");
    }
    begun_ = true;
    Candidate& candidate = candidates_[piece.candidate];
    if (candidate.ended) continue;
    candidate.log_probability += piece.log_probability;
    candidate.listed_tokens += piece.listed_tokens;
    candidate.told_tokens = std::max(candidate.told_tokens, piece.tokens);
    candidate.pieces += piece.text.empty() ? 0 : 1;
    add_text(piece.candidate, candidate.joiner.feed(piece.text));
    const int most = max_tokens_ + tokens_over_the_limit;
    if (candidate.told_tokens > most || candidate.pieces > most ||
        candidate.completion.text.size() > max_bytes_of_token * static_cast<std::size_t>(most)) {
      return does_not_stop();
    }
    if (!piece.ended) continue;
    candidate.ended = true;
    candidate.completion.complete = piece.complete;
    add_text(piece.candidate, candidate.joiner.finish());
    if (piece.slot >= 0) slots_.push_back(piece.slot);
  }
  if (step.timings) take_timings(*step.timings);
  return {};
}

void Answer::add_text(int index, std::string text) {
  if (text.empty()) return;
  if (index == 0 && on_text_) on_text_(text);
  candidates_[index].completion.text += text;
}

/// Each candidate of llama-server tells its own: the prompt is the first's, the others took it
/// over; they were written at the same time.
void Answer::take_timings(const Timings& timings) {
  if (!timings_) {
    timings_ = timings;
    return;
  }
  // Whoever took the prompt over calls it cached: the one that worked on it says what was.
  timings_->cached_tokens = std::min(timings_->cached_tokens, timings.cached_tokens);
  timings_->prompt_ms = std::max(timings_->prompt_ms, timings.prompt_ms);
  timings_->generation_ms = std::max(timings_->generation_ms, timings.generation_ms);
  timings_->generated_tokens += timings.generated_tokens;
}

bool Answer::is_complete() const {
  const auto ended = [](const Candidate& candidate) { return candidate.ended; };
  const auto broken = [](const Candidate& candidate) {
    return !candidate.ended && (candidate.pieces > 0 || candidate.told_tokens > 0);
  };
  return std::any_of(candidates_.begin(), candidates_.end(), ended) &&
         std::none_of(candidates_.begin(), candidates_.end(), broken);
}

Result<Completions> Answer::finish() {
  if (!begun_) {
    return make_error(ErrorCode::internal, "the model server ended its answer without a word");
  }
  if (!is_complete()) {
    return make_error(ErrorCode::unavailable,
                      "the model server broke off in the middle of its answer");
  }
  Completions completions;
  completions.timings = timings_.value_or(Timings{});
  for (Candidate& candidate : candidates_) {
    if (!candidate.ended) continue;
    Completion& completion = candidate.completion;
    completion.tokens = candidate.told_tokens > 0
                            ? candidate.told_tokens
                            : std::max(candidate.listed_tokens, candidate.pieces);
    // A sum with holes would look better than it is.
    if (candidate.listed_tokens > 0 && candidate.listed_tokens >= candidate.told_tokens) {
      completion.log_probability = candidate.log_probability;
    }
    completions.candidates.push_back(std::move(completion));
  }
  return completions;
}

}  // namespace idi::llm
