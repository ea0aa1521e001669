#include "query/reporter.hpp"

#include <algorithm>

#include "query/protocol.hpp"

namespace idi::api {
namespace {

constexpr double least_step_percent = 1;
constexpr double progress_every_ms = 100;
constexpr double tokens_every_ms = 20;

}  // namespace

void Reporter::on_progress(const engine::Progress& progress) {
  tell_tokens();
  engine::Progress now = progress;
  if (told_) {
    now.percent = std::max(now.percent, told_->percent);
    const bool is_news = now.phase != told_->phase || now.message != told_->message ||
                         now.percent >= told_->percent + least_step_percent ||
                         (now.percent > told_->percent && ms_since(told_at_) >= progress_every_ms);
    if (!is_news) return;
  }
  told_ = now;
  told_at_ = Steady::now();
  const double elapsed_ms = ms_since(job_.taken_at);
  job_.log->add(EventKind::progress, job_.turn_id, 0, [&](std::int64_t seq) {
    return progress_text({seq, job_.turn_id}, now, elapsed_ms);
  });
}

void Reporter::on_token(const engine::DraftToken& token) {
  std::erase_if(tokens_, [&](const auto& waiting) { return waiting.position >= token.position; });
  tokens_.push_back(token);
  if (ms_since(tokens_told_at_) >= tokens_every_ms) tell_tokens();
}

void Reporter::tell_tokens() {
  if (tokens_.empty()) return;
  for (const auto& token : tokens_) {
    job_.log->add(EventKind::token, job_.turn_id, token.position, [&](std::int64_t seq) {
      return token_text({seq, job_.turn_id}, token);
    });
  }
  tokens_.clear();
  tokens_told_at_ = Steady::now();
}

}  // namespace idi::api
