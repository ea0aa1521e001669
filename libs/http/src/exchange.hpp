// Between an exchange in a handler's hands (any thread) and its connection (network thread).
//
// States of ExchangeCore:
//   waiting  --[respond]-->       responded
//   waiting  --[begin_stream]-->  streaming  --[end_stream]--> responded
//   any      --[mark_gone]-->     gone (beside the state: nothing reaches the client any more)
//   any      --[mark_finished]--> finished (the last byte was written)
// Invariants:
//   1. `unsent` counts the bytes that write() accepted and the socket has not taken.
//   2. on_gone's callback runs on the network thread, without the mutex, at most once.
//   3. After gone or finished no callback is kept: what it captured is released.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "idi/http/server.hpp"
#include "loop.hpp"

namespace idi::http {

class ExchangeCore;

/// The connection's side. All calls on the network thread.
class ExchangeOwner {
 public:
  virtual ~ExchangeOwner() = default;
  virtual void start_response(const ExchangeCore& exchange, Response response, bool stream) = 0;
  virtual void append(const ExchangeCore& exchange, std::string chunk) = 0;
  virtual void end_stream(const ExchangeCore& exchange, bool complete) = 0;
};

class ExchangeCore {
 public:
  ExchangeCore(std::shared_ptr<Loop> loop, std::weak_ptr<ExchangeOwner> owner, bool head_only)
      : loop_(std::move(loop)), owner_(std::move(owner)), head_only_(head_only) {}

  // The handler's side: any thread.
  friend class PendingExchange;

  // The connection's side: network thread.
  /// HEAD: the body is left out.
  [[nodiscard]] bool head_only() const { return head_only_; }
  void mark_written(std::size_t bytes);
  void mark_gone();
  void mark_finished();

 private:
  enum class State { waiting, streaming, responded };

  const std::shared_ptr<Loop> loop_;
  const std::weak_ptr<ExchangeOwner> owner_;
  const bool head_only_;
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::waiting;
  std::size_t unsent_ = 0;
  bool gone_ = false;
  bool finished_ = false;
  std::function<void()> on_gone_;
};

[[nodiscard]] std::shared_ptr<Exchange> make_exchange(std::shared_ptr<ExchangeCore> core);

}  // namespace idi::http
