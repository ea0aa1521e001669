// Calls a function when a deadline passes, unless it is destroyed before. One thread serves all
// alarms of the process; it starts with the first one.
#pragma once

#include <functional>

#include "idi/core/deadline.hpp"

namespace idi::db_sqlite {

class DeadlineAlarm {
 public:
  /// `ring` must be quick and must not throw. It is called at most once, from another thread, and
  /// is not running any more when the destructor returns. Deadline::never(): never called.
  DeadlineAlarm(Deadline deadline, std::function<void()> ring);
  ~DeadlineAlarm();
  DeadlineAlarm(const DeadlineAlarm&) = delete;
  DeadlineAlarm& operator=(const DeadlineAlarm&) = delete;

 private:
  bool set_ = false;
  Deadline deadline_;
  std::function<void()> ring_;
};

}  // namespace idi::db_sqlite
