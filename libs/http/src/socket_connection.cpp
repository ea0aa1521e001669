// States: accepting --[on_accepted]--> open --[begin_close]--> closing --[finish]--> ended; finish
// from any. Beast keeps the protocol: frames, masks, UTF-8, pings, the closing handshake.
// Invariants:
//   1. One message is written at a time; Beast slips control frames in between.
//   2. The listener hears on_close exactly once, in finish, and nothing after it; after a close
//      request no text.
#include "socket_connection.hpp"

#include <algorithm>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "idi/core/assert.hpp"

namespace idi::http {
namespace {

namespace websocket = boost::beast::websocket;
using std::chrono::milliseconds;

/// For the client's part of a closing handshake.
constexpr milliseconds close_grace{1'000};
constexpr std::uint16_t going_away = 1001;
constexpr std::uint16_t unsupported_kind = 1003;
constexpr std::size_t kept_buffer_bytes = 4 << 10;  ///< Between messages, per socket.

class SocketConnection final : public Connection,
                               public SocketOwner,
                               public std::enable_shared_from_this<SocketConnection> {
 public:
  SocketConnection(Hub& hub, std::unique_ptr<Channel> channel, std::shared_ptr<SocketCore> core,
                   std::shared_ptr<SocketListener> listener)
      : hub_(hub),
        channel_(std::move(channel)),
        stream_(*channel_),
        core_(std::move(core)),
        listener_(std::move(listener)) {
    IDI_ASSERT(listener_ != nullptr);
  }

  void accept(const Message& handshake);
  void wake() override { pump(); }
  void check_deadlines(Clock::time_point now) override;
  void retire() override { core_->request_close(going_away, "The server is shutting down."); }
  void abort() override { finish(); }

 private:
  enum class State { accepting, open, closing, ended };

  void on_accepted(error_code error);
  void read();
  void on_read(error_code error);
  void pump();
  void begin_close(const CloseRequest& request);
  void finish();
  [[nodiscard]] const ServerLimits& limits() const { return hub_.options.limits; }

  Hub& hub_;
  std::unique_ptr<Channel> channel_;
  websocket::stream<Channel&, false> stream_;  // without compression: it costs memory per socket
  const std::shared_ptr<SocketCore> core_;
  std::shared_ptr<SocketListener> listener_;
  State state_ = State::accepting;
  Clock::time_point deadline_ = Clock::time_point::max();
  beast::flat_buffer input_;
  std::string in_flight_;
  bool writing_ = false;
  Clock::time_point write_started_;
};

void SocketConnection::accept(const Message& handshake) {
  websocket::stream_base::timeout timeout{};
  timeout.handshake_timeout = milliseconds(limits().header_timeout_ms);
  // Beast pings after half of it, and ends the stream after the whole.
  timeout.idle_timeout = 2 * milliseconds(limits().socket_ping_ms);
  timeout.keep_alive_pings = true;
  stream_.set_option(timeout);
  stream_.read_message_max(limits().max_socket_message_bytes);
  stream_.auto_fragment(false);
  stream_.text(true);
  stream_.async_accept(handshake,
                       [self = shared_from_this()](error_code error) { self->on_accepted(error); });
}

void SocketConnection::on_accepted(error_code error) {
  if (state_ == State::ended) return;
  if (error) return finish();
  state_ = State::open;
  read();
  pump();
}

void SocketConnection::read() {
  stream_.async_read(
      input_, [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
}

void SocketConnection::on_read(error_code error) {
  if (state_ == State::ended) return;
  if (error) return finish();
  const auto close_request = core_->close_request();
  if (!close_request && stream_.got_text()) {
    listener_->on_text(beast::buffers_to_string(input_.data()));
  } else if (!close_request) {
    core_->request_close(unsupported_kind, "Only text messages are understood.");
  }
  input_.clear();
  if (input_.capacity() > kept_buffer_bytes) input_.shrink_to_fit();
  read();
}

void SocketConnection::pump() {
  if (state_ != State::open || writing_) return;  // invariant 1
  auto next = core_->take_next();
  if (!next) {
    if (const auto request = core_->close_request()) begin_close(*request);
    return;
  }
  in_flight_ = std::move(*next);
  writing_ = true;
  write_started_ = Clock::now();
  stream_.async_write(asio::buffer(in_flight_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        self->writing_ = false;
                        self->core_->mark_written(self->in_flight_.size());
                        self->in_flight_ = {};
                        if (self->state_ == State::ended) return;
                        error ? self->finish() : self->pump();
                      });
}

void SocketConnection::begin_close(const CloseRequest& request) {
  state_ = State::closing;
  deadline_ = std::min(deadline_, Clock::now() + close_grace);
  const websocket::close_reason reason(static_cast<websocket::close_code>(request.code),
                                       beast::string_view(request.reason));
  stream_.async_close(reason, [self = shared_from_this()](error_code) { self->finish(); });
}

void SocketConnection::check_deadlines(Clock::time_point now) {
  if (state_ == State::ended) return;
  if (writing_) {
    const auto last = std::max(write_started_, channel_->last_write());
    if (now - last >= milliseconds(limits().write_timeout_ms)) return finish();
  }
  if (now >= deadline_) return finish();
  if (deadline_ != Clock::time_point::max()) return;
  // A client that does not read cannot be told; one that broke the protocol may never hang up.
  const auto request = core_->close_request();
  const bool failing = state_ == State::open && !stream_.is_open();
  if (failing || (request && request->overflow)) deadline_ = now + close_grace;
}

void SocketConnection::finish() {
  if (state_ == State::ended) return;
  const auto self = shared_from_this();
  state_ = State::ended;
  core_->mark_ended();
  // Unsent data is given up with the connection, unless it ended in good order.
  writing_ ? channel_->reset() : channel_->close();
  std::exchange(listener_, nullptr)->on_close();  // invariant 2
  hub_.remove(*this);
}

}  // namespace

void start_socket_connection(Hub& hub, const Connection& old, std::unique_ptr<Channel> channel,
                             std::shared_ptr<SocketCore> core,
                             std::shared_ptr<SocketListener> listener, const Message& handshake) {
  auto connection =
      std::make_shared<SocketConnection>(hub, std::move(channel), core, std::move(listener));
  core->set_owner(connection);
  hub.replace(old, connection);
  connection->accept(handshake);
}

}  // namespace idi::http
