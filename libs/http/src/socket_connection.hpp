// One WebSocket: its queue, shared with the application's handle, and its connection.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "channel.hpp"
#include "hub.hpp"
#include "idi/http/server.hpp"
#include "loop.hpp"
#include "message.hpp"

namespace idi::http {

/// The connection's side of a SocketCore. Network thread.
class SocketOwner {
 public:
  virtual ~SocketOwner() = default;
  /// There is something to send, or to close.
  virtual void wake() = 0;
};

struct CloseRequest {
  std::uint16_t code = 0;
  std::string reason;
  bool overflow = false;  ///< The client does not read: there is no use in waiting for it.
};

/// Invariants: `queued_` counts the bytes in queue_ and of the message being written; after a close
/// request nothing is queued any more; after an overflow or the end the queue is empty.
class SocketCore {
 public:
  SocketCore(std::shared_ptr<Loop> loop, std::size_t max_queue_bytes)
      : loop_(std::move(loop)), max_queue_bytes_(max_queue_bytes) {}

  // Any thread.
  bool send(std::string text);
  void request_close(std::uint16_t code, std::string_view reason);

  // Network thread.
  void set_owner(std::weak_ptr<SocketOwner> owner);
  [[nodiscard]] std::optional<std::string> take_next();
  void mark_written(std::size_t bytes);
  [[nodiscard]] std::optional<CloseRequest> close_request();
  void mark_ended();

 private:
  void post_wake();

  const std::shared_ptr<Loop> loop_;
  const std::size_t max_queue_bytes_;
  std::mutex mutex_;
  std::weak_ptr<SocketOwner> owner_;
  std::deque<std::string> queue_;
  std::size_t queued_ = 0;
  bool wake_posted_ = false;
  std::optional<CloseRequest> close_request_;
};

/// A handle that keeps the core alive, not the connection.
[[nodiscard]] std::shared_ptr<Socket> make_socket(std::shared_ptr<SocketCore> core);

/// Takes `old`'s place in the hub and answers the handshake.
void start_socket_connection(Hub& hub, const Connection& old, std::unique_ptr<Channel> channel,
                             std::shared_ptr<SocketCore> core,
                             std::shared_ptr<SocketListener> listener, const Message& handshake);

}  // namespace idi::http
