#include "progress_clock.hpp"

#include <algorithm>

namespace idi::model_store {
namespace {

constexpr std::chrono::milliseconds pause{200};
constexpr std::chrono::seconds window{8};

}  // namespace

ProgressClock::ProgressClock(const OnProgress& on_progress, std::int64_t begun_at,
                             std::int64_t total_bytes)
    : on_progress_(on_progress), total_bytes_(total_bytes), told_(Clock::now()) {
  samples_.emplace_back(told_, begun_at);
}

void ProgressClock::restart(std::int64_t at_bytes) {
  samples_.clear();
  samples_.emplace_back(Clock::now(), at_bytes);
}

void ProgressClock::at(std::int64_t bytes) {
  const auto now = Clock::now();
  if (now - told_ < pause) return;
  tell(bytes, now);
}

void ProgressClock::end(std::int64_t bytes) { tell(bytes, Clock::now()); }

void ProgressClock::tell(std::int64_t bytes, Clock::time_point now) {
  told_ = now;
  samples_.emplace_back(now, bytes);
  while (samples_.size() > 2 && now - samples_[1].first >= window) samples_.pop_front();
  if (!on_progress_) return;
  const std::chrono::duration<double> time = now - samples_.front().first;
  const auto moved = static_cast<double>(bytes - samples_.front().second);
  on_progress_({bytes, std::max<std::int64_t>(total_bytes_, 0),
                time.count() > 0 ? moved / time.count() : 0});
}

}  // namespace idi::model_store
