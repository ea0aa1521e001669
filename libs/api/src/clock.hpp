// The two clocks of this room: the calendar's for what people see, the steady one for durations.
#pragma once

#include <chrono>
#include <cstdint>

namespace idi::api {

using Steady = std::chrono::steady_clock;

/// Milliseconds since 1970, UTC.
[[nodiscard]] inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

[[nodiscard]] inline double ms_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

}  // namespace idi::api
