// The event logs of all sessions that are in use, by session; forgets what is old.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "query/event_log.hpp"

namespace idi::api {

struct EventLogsLimits {
  EventLogLimits each;
  std::chrono::milliseconds keep_ended{300'000};  ///< For those who come back.
  std::size_t max_ended_bytes = 128 << 20;        ///< Of all sessions together.
  std::chrono::milliseconds tidy_every{1'000};
};

/// Thread-safe.
class EventLogs {
 public:
  explicit EventLogs(const EventLogsLimits& limits);
  ~EventLogs();
  EventLogs(const EventLogs&) = delete;
  EventLogs& operator=(const EventLogs&) = delete;

  /// Made if there is none.
  [[nodiscard]] std::shared_ptr<EventLog> open(std::string_view session_id);
  /// Null if nothing is known of the session.
  [[nodiscard]] std::shared_ptr<EventLog> find(std::string_view session_id) const;
  /// A question of the session runs or waits.
  [[nodiscard]] bool is_running(std::string_view session_id) const;
  void tidy();
  [[nodiscard]] std::size_t count() const;

 private:
  void keep_tidy();

  const EventLogsLimits limits_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<EventLog>, std::less<>> logs_;
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::thread tidier_;
};

}  // namespace idi::api
