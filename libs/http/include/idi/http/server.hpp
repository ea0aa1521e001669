// The network edge: HTTP/1.1 with keep-alive, WebSocket (RFC 6455), TLS. Knows nothing of
// questions or databases. One thread of its own runs every connection (Boost.Beast, callbacks); it
// never computes and never blocks, so handlers must hand work on and return at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::http {

/// A request with its whole body. Path and parameters are percent-decoded, valid UTF-8.
struct Request {
  std::string method;  ///< "GET", …; HEAD comes as GET, and the body is left out.
  std::string path;    ///< "/api/health"
  std::vector<std::pair<std::string, std::string>> parameters;  ///< Of the query string, in order.
  std::vector<std::pair<std::string, std::string>> headers;     ///< Names in lower case.
  std::string body;
  std::string remote_address;

  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// One request waiting for its response. Every method from any thread. Dropped without a response,
/// it answers 500.
class Exchange {
 public:
  virtual ~Exchange() = default;
  /// Once, and not after begin_stream.
  virtual void respond(Response response) = 0;
  /// A body of unknown length (chunked). `response.body` is its beginning.
  virtual void begin_stream(Response response) = 0;
  /// Waits while the client is slow (back-pressure); false: the client is gone or too slow, stop
  /// producing. Never on the network thread.
  [[nodiscard]] virtual bool write(std::string chunk) = 0;
  /// `complete` false breaks the connection, so that the client sees a body cut short.
  virtual void end_stream(bool complete) = 0;
  /// Called at most once, on the network thread, when the client closes before the response is
  /// written; at once if it has already.
  virtual void on_gone(std::function<void()> callback) = 0;
};

/// One open WebSocket. Every method from any thread; after the end they do nothing.
class Socket {
 public:
  virtual ~Socket() = default;
  /// Queues a text frame. A client that does not read fills the queue: over the limit it is closed
  /// (1008), and false is returned from then on.
  virtual bool send(std::string text) = 0;
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

/// All calls on the network thread; must return at once.
class SocketListener {
 public:
  virtual ~SocketListener() = default;
  virtual void on_text(std::string text) = 0;
  /// Exactly once, the last call.
  virtual void on_close() = 0;
};

/// What is served. All calls on the network thread; must return at once.
class Application {
 public:
  virtual ~Application() = default;
  virtual void on_request(Request request, std::shared_ptr<Exchange> exchange) = 0;
  /// A WebSocket handshake that passed the checks of Host and Origin: a listener accepts it, an
  /// error refuses it (its status follows from the code).
  [[nodiscard]] virtual Result<std::shared_ptr<SocketListener>> on_socket(
      const Request& request, std::shared_ptr<Socket> socket) = 0;
};

/// All are enforced; a test attacks each.
struct ServerLimits {
  int max_connections = 2'048;
  int max_connections_per_address = 1'024;
  std::size_t max_header_bytes = 16 << 10;
  std::size_t max_body_bytes = 256 << 10;
  std::size_t max_socket_message_bytes = 64 << 10;
  std::size_t max_socket_queue_bytes = 32 << 20;  ///< Unsent, per socket.
  std::int64_t header_timeout_ms = 10'000;        ///< From the first byte to the end of the body.
  std::int64_t idle_timeout_ms = 60'000;          ///< Keep-alive without a request.
  std::int64_t write_timeout_ms = 30'000;         ///< Without the client reading a byte.
  std::int64_t socket_ping_ms = 20'000;           ///< Silent sockets are pinged; two silences end.
  std::int64_t shutdown_timeout_ms = 5'000;       ///< Between asking and closing.
};

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6; "0.0.0.0" or "::" for all.
  std::uint16_t port = 8080;          ///< 0: any free one.
  std::filesystem::path certificate;  ///< PEM chain; with `private_key`: TLS.
  std::filesystem::path private_key;
  /// Names that may stand in Host beside IP addresses, "localhost" and this machine's own name:
  /// others are refused with 421 (DNS rebinding).
  std::vector<std::string> host_names;
  ServerLimits limits;
};

class Server {
 public:
  /// Bound and listening when it returns. Errors: conflict (the port is taken), invalid_argument
  /// (address, certificate), unreadable, refused (a port below 1024 without the right).
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options,
                                                             std::shared_ptr<Application> app);
  virtual ~Server() = default;  ///< shut_down() and wait().

  [[nodiscard]] virtual std::string url() const = 0;  ///< "http://127.0.0.1:8080"
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  [[nodiscard]] virtual int connection_count() const = 0;
  /// First stage: no new connections; idle ones are closed, sockets get 1001, running exchanges may
  /// end within shutdown_timeout_ms. Second call: everything is closed at once. Any thread.
  virtual void shut_down() = 0;
  /// Until every connection is closed.
  virtual void wait() = 0;
};

/// The HTTP status of an error: protocol/README.md has the table. limit_exceeded is 429; a handler
/// that refuses a body for its size sets 413 itself.
[[nodiscard]] int status_of(ErrorCode code) noexcept;

/// The protocol's ErrorReply, with status_of the code.
[[nodiscard]] Response error_response(const Error& error);

}  // namespace idi::http
