// What a connection's memory, files and functions ask while SQLite works for it: is it time to
// stop, and how much memory and temporary space is used. One per connection; the thread that is
// inside SQLite for a connection has its monitor as the current one (MonitorScope).
#pragma once

#include <cstdint>
#include <functional>

namespace idi::sqlite {

struct WorkMonitor {
  std::function<bool()> should_stop;

  std::int64_t max_memory_bytes = INT64_MAX;
  std::int64_t memory_bytes = 0;  ///< Allocated within this monitor's scopes.
  std::int64_t max_temporary_bytes = INT64_MAX;
  std::int64_t temporary_bytes = 0;

  // What happened since begin().
  bool stopped_allocation = false;
  bool temporary_limit_was_hit = false;

  void begin() { stopped_allocation = temporary_limit_was_hit = false; }
  [[nodiscard]] bool stop_now() const { return should_stop && should_stop(); }

  /// nullptr outside of a scope.
  static WorkMonitor*& current() {
    thread_local WorkMonitor* monitor = nullptr;
    return monitor;
  }
};

/// SQLite is called for the connection of `monitor`.
class MonitorScope {
 public:
  explicit MonitorScope(WorkMonitor* monitor) : before_(WorkMonitor::current()) {
    WorkMonitor::current() = monitor;
  }
  ~MonitorScope() { WorkMonitor::current() = before_; }
  MonitorScope(const MonitorScope&) = delete;
  MonitorScope& operator=(const MonitorScope&) = delete;

 private:
  WorkMonitor* before_;
};

}  // namespace idi::sqlite
