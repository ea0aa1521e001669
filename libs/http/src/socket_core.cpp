#include <utility>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "socket_connection.hpp"

namespace idi::http {
namespace {

constexpr std::uint16_t policy_violation = 1008;
constexpr std::size_t max_reason_bytes = 123;  ///< RFC 6455 §5.5

/// A close frame's reason has to be short, whole UTF-8.
std::string fitting_reason(std::string_view reason) {
  std::string valid = text::to_valid_utf8(reason);
  if (valid.size() <= max_reason_bytes) return valid;
  std::size_t end = max_reason_bytes;
  while (end > 0 && (static_cast<unsigned char>(valid[end]) & 0xC0) == 0x80) --end;
  valid.resize(end);
  return valid;
}

class SocketHandle final : public Socket {
 public:
  explicit SocketHandle(std::shared_ptr<SocketCore> core) : core_(std::move(core)) {}
  bool send(std::string text) override { return core_->send(std::move(text)); }
  void close(std::uint16_t code, std::string_view reason) override {
    core_->request_close(code, reason);
  }

 private:
  const std::shared_ptr<SocketCore> core_;
};

}  // namespace

bool SocketCore::send(std::string text) {
  bool queued = true;
  std::deque<std::string> dropped;  // destroyed without the mutex
  {
    const std::lock_guard lock(mutex_);
    if (close_request_) return false;
    if (text.size() > max_queue_bytes_ - queued_) {
      dropped.swap(queue_);
      for (const std::string& message : dropped) queued_ -= message.size();
      close_request_ = CloseRequest{policy_violation, "The client does not read.", true};
      queued = false;
    } else {
      queued_ += text.size();
      queue_.push_back(std::move(text));
    }
    if (std::exchange(wake_posted_, true)) return queued;
  }
  post_wake();
  return queued;
}

void SocketCore::request_close(std::uint16_t code, std::string_view reason) {
  {
    const std::lock_guard lock(mutex_);
    if (close_request_) return;
    close_request_ = CloseRequest{code, fitting_reason(reason), false};
    if (std::exchange(wake_posted_, true)) return;
  }
  post_wake();
}

void SocketCore::post_wake() {
  loop_->post([weak = [this] {
    const std::lock_guard lock(mutex_);
    return owner_;
  }()] {
    if (const auto owner = weak.lock()) owner->wake();
  });
}

void SocketCore::set_owner(std::weak_ptr<SocketOwner> owner) {
  const std::lock_guard lock(mutex_);
  owner_ = std::move(owner);
}

std::optional<std::string> SocketCore::take_next() {
  const std::lock_guard lock(mutex_);
  wake_posted_ = false;
  if (queue_.empty()) return std::nullopt;
  std::string next = std::move(queue_.front());
  queue_.pop_front();
  return next;
}

void SocketCore::mark_written(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  IDI_ASSERT(bytes <= queued_);
  queued_ -= bytes;
}

std::optional<CloseRequest> SocketCore::close_request() {
  const std::lock_guard lock(mutex_);
  return close_request_;
}

void SocketCore::mark_ended() {
  std::deque<std::string> dropped;
  const std::lock_guard lock(mutex_);
  if (!close_request_) close_request_ = CloseRequest{};
  dropped.swap(queue_);
}

std::shared_ptr<Socket> make_socket(std::shared_ptr<SocketCore> core) {
  return std::make_shared<SocketHandle>(std::move(core));
}

}  // namespace idi::http
