#include "query/event_logs.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace idi::api {

EventLogs::EventLogs(const EventLogsLimits& limits) : limits_(limits) {
  tidier_ = std::thread([this] { keep_tidy(); });
}

EventLogs::~EventLogs() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stopping_.notify_all();
  tidier_.join();
}

std::shared_ptr<EventLog> EventLogs::open(std::string_view session_id) {
  const std::lock_guard lock(mutex_);
  auto place = logs_.find(session_id);
  if (place == logs_.end()) {
    auto log = std::make_shared<EventLog>(std::string(session_id), limits_.each);
    place = logs_.emplace(std::string(session_id), std::move(log)).first;
  }
  return place->second;
}

std::shared_ptr<EventLog> EventLogs::find(std::string_view session_id) const {
  const std::lock_guard lock(mutex_);
  const auto place = logs_.find(session_id);
  return place == logs_.end() ? nullptr : place->second;
}

bool EventLogs::is_running(std::string_view session_id) const {
  const auto log = find(session_id);
  return log && log->current();
}

std::size_t EventLogs::count() const {
  const std::lock_guard lock(mutex_);
  return logs_.size();
}

void EventLogs::tidy() {
  const std::lock_guard lock(mutex_);
  const auto oldest = Steady::now() - limits_.keep_ended;
  std::size_t bytes = 0;
  for (const auto& [id, log] : logs_) bytes += log->tidy(oldest);
  if (bytes > limits_.max_ended_bytes) {
    std::vector<std::pair<Steady::time_point, EventLog*>> ended;
    for (const auto& [id, log] : logs_) {
      if (const auto at = log->last_end()) ended.emplace_back(*at, log.get());
    }
    std::sort(ended.begin(), ended.end());
    for (const auto& [at, log] : ended) {
      if (bytes <= limits_.max_ended_bytes) break;
      const std::size_t before = log->tidy(oldest);
      bytes -= before - log->tidy(Steady::now());
    }
  }
  // Whoever holds a log got it under this mutex: a count of one cannot grow meanwhile.
  std::erase_if(logs_, [](const auto& entry) {
    return entry.second.use_count() == 1 && entry.second->is_idle();
  });
}

void EventLogs::keep_tidy() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (stopping_.wait_for(lock, limits_.tidy_every, [this] { return stopped_; })) return;
    }
    tidy();
  }
}

}  // namespace idi::api
