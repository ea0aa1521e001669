// A connection's bytes, with TLS or without: one type, so that HTTP and WebSocket are compiled
// once. A Beast AsyncStream. Network thread only. Remembers when the client last took bytes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <chrono>
#include <optional>
#include <utility>

namespace idi::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

class Channel {
 public:
  using executor_type = tcp::socket::executor_type;

  explicit Channel(tcp::socket socket) : socket_(std::move(socket)) {}
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  executor_type get_executor() { return socket_.get_executor(); }
  tcp::socket& socket() { return socket_; }
  [[nodiscard]] bool encrypted() const { return tls_.has_value(); }
  [[nodiscard]] Clock::time_point last_write() const { return last_write_; }

  template <typename Handler>
  void async_start_tls(asio::ssl::context& context, Handler handler) {
    tls_.emplace(socket_, context);
    tls_->async_handshake(asio::ssl::stream_base::server, std::move(handler));
  }

  template <typename Buffers, typename Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return asio::async_compose<Handler, void(error_code, std::size_t)>(
        [this, buffers, started = false](auto& self, error_code error = {},
                                         std::size_t count = 0) mutable {
          if (std::exchange(started, true)) return self.complete(error, count);
          const Buffers target = buffers;  // `self` owns this lambda and is about to move
          if (tls_) return tls_->async_read_some(target, std::move(self));
          socket_.async_read_some(target, std::move(self));
        },
        handler, socket_);
  }

  template <typename Buffers, typename Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return asio::async_compose<Handler, void(error_code, std::size_t)>(
        [this, buffers, started = false](auto& self, error_code error = {},
                                         std::size_t count = 0) mutable {
          if (std::exchange(started, true)) {
            if (count > 0) last_write_ = Clock::now();
            return self.complete(error, count);
          }
          const Buffers source = buffers;
          if (tls_) return tls_->async_write_some(source, std::move(self));
          socket_.async_write_some(source, std::move(self));
        },
        handler, socket_);
  }

  /// Says that nothing more is coming; the client may still be reading.
  template <typename Handler>
  void async_finish_writing(Handler handler) {
    if (tls_) return tls_->async_shutdown(std::move(handler));
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    asio::post(get_executor(), [handler = std::move(handler), error]() mutable { handler(error); });
  }

  void close() noexcept {
    error_code ignored;  // closing a socket that the peer has reset reports the reset
    socket_.close(ignored);
  }

  /// Closes so that the client's reading fails instead of ending.
  void reset() noexcept {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
  }

  template <typename Handler>
  void async_tear_down(beast::role_type role, Handler handler) {
    using beast::websocket::async_teardown;
    if (tls_) return async_teardown(role, *tls_, std::move(handler));
    async_teardown(role, socket_, std::move(handler));
  }

 private:
  tcp::socket socket_;
  std::optional<asio::ssl::stream<tcp::socket&>> tls_;
  Clock::time_point last_write_ = Clock::now();
};

// Found by Beast's WebSocket through the argument's namespace.
template <typename Handler>
void async_teardown(beast::role_type role, Channel& channel, Handler&& handler) {
  channel.async_tear_down(role, std::forward<Handler>(handler));
}
inline void beast_close_socket(Channel& channel) { channel.close(); }

}  // namespace idi::http
