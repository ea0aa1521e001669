// The network thread's queue of work. Exchanges and sockets outlive the server in other threads'
// hands, so they share it; after its end nothing is accepted any more.
#pragma once

#include <functional>
#include <memory>

namespace idi::http {

class Loop {
 public:
  virtual ~Loop() = default;
  /// Any thread. Runs `work` on the network thread; false (and not run) after the server's end.
  virtual bool post(std::function<void()> work) = 0;
  [[nodiscard]] virtual bool on_network_thread() const = 0;
};

}  // namespace idi::http
