// Tells progress a few times a second, with the rate of the last seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <utility>

#include "idi/model_store/model_store.hpp"

namespace idi::model_store {

class ProgressClock {
 public:
  /// `on_progress` is kept by reference. `begun_at`: bytes that were there before.
  ProgressClock(const OnProgress& on_progress, std::int64_t begun_at, std::int64_t total_bytes);

  void set_total(std::int64_t total_bytes) { total_bytes_ = total_bytes; }
  /// Goes on from another place: what lies between was not received.
  void restart(std::int64_t at_bytes);
  void at(std::int64_t bytes);
  void end(std::int64_t bytes);

 private:
  using Clock = std::chrono::steady_clock;
  void tell(std::int64_t bytes, Clock::time_point now);

  const OnProgress& on_progress_;
  std::int64_t total_bytes_;
  Clock::time_point told_;
  std::deque<std::pair<Clock::time_point, std::int64_t>> samples_;
};

}  // namespace idi::model_store
