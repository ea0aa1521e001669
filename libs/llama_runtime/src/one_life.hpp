// One child from its start to its end.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

#include "child.hpp"
#include "idi/http_client/http_client.hpp"
#include "server_log.hpp"

namespace idi::llama_runtime {

struct LifeTimes {
  std::chrono::milliseconds load_timeout;
  std::chrono::milliseconds health_interval;
  std::chrono::milliseconds stop_timeout;
};

struct Life {
  bool stopped = false;          ///< We ended it because we were asked to.
  std::optional<Ending> ending;  ///< None: killed because it was not healthy in time, or no more.
  std::optional<std::chrono::milliseconds> ready_for;  ///< None: it never was.
};

/// Stays until the child has ended; on a stop request ends it, politely at first. `prepare`: what
/// is to be done with a healthy server before it is ready; false: not yet, it is asked again.
[[nodiscard]] Life live_one_life(Child child, int port, const LifeTimes& times,
                                 http_client::HttpClient& http, ServerLog& log,
                                 const std::stop_token& stop, const std::function<bool()>& prepare,
                                 const std::function<void()>& on_ready);

}  // namespace idi::llama_runtime
