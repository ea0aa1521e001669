#include "deadline_alarm.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace idi::db_sqlite {
namespace {

class Clockwork {
 public:
  static Clockwork& instance() {
    static Clockwork clockwork;
    return clockwork;
  }

  void add(const void* owner, Deadline::Clock::time_point at, const std::function<void()>& ring) {
    const std::lock_guard lock(mutex_);
    alarms_.emplace(std::pair(at, owner), &ring);
    // Most deadlines are later than the one before: the thread need not wake up for them.
    if (at < wakes_at_) changed_.notify_one();
  }

  void remove(const void* owner, Deadline::Clock::time_point at) {
    const std::lock_guard lock(mutex_);
    alarms_.erase(std::pair(at, owner));
  }

 private:
  using Clock = Deadline::Clock;

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      wakes_at_ = alarms_.empty() ? Clock::time_point::max() : alarms_.begin()->first.first;
      // Not the largest time point itself: waiting for it overflows in the library.
      const auto until = std::min(wakes_at_, Clock::now() + std::chrono::hours(1));
      changed_.wait_until(lock, stop, until, [this] {
        return !alarms_.empty() && alarms_.begin()->first.first < wakes_at_;
      });
      const auto now = Clock::now();
      while (!alarms_.empty() && alarms_.begin()->first.first <= now) {
        (*alarms_.begin()->second)();
        alarms_.erase(alarms_.begin());
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::pair<Clock::time_point, const void*>, const std::function<void()>*> alarms_;
  Clock::time_point wakes_at_ = Clock::time_point::max();
  std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};  // last: uses the rest
};

}  // namespace

DeadlineAlarm::DeadlineAlarm(Deadline deadline, std::function<void()> ring)
    : set_(!deadline.is_never()), deadline_(deadline), ring_(std::move(ring)) {
  if (set_) Clockwork::instance().add(this, deadline_.time_point(), ring_);
}

DeadlineAlarm::~DeadlineAlarm() {
  if (set_) Clockwork::instance().remove(this, deadline_.time_point());
}

}  // namespace idi::db_sqlite
