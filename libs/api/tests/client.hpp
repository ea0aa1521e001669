// A plain HTTP and WebSocket client over real sockets, for tests: every message that the server
// sends is held against the protocol's schema.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json.hpp"

namespace idi::api::testing {

inline constexpr std::chrono::milliseconds patience{20'000};

/// A TCP connection to the local server.
class Connection {
 public:
  explicit Connection(std::uint16_t port);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void send(std::string_view bytes);
  /// Some bytes; empty at the end, or if nothing came in time.
  [[nodiscard]] std::string receive(std::chrono::milliseconds timeout = patience);
  [[nodiscard]] bool timed_out() const { return timed_out_; }
  void close();

 private:
  int handle_ = -1;
  bool timed_out_ = false;
};

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;
  bool complete = false;  ///< The body came to its end.

  /// The body, which must be a message of this definition.
  [[nodiscard]] json::value as(const std::string& definition) const;
  /// The code of an ErrorReply.
  [[nodiscard]] std::string error_code() const;
  [[nodiscard]] std::string header(const std::string& name) const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::string request_text(std::uint16_t port, std::string_view method,
                                       std::string_view target, std::string_view body = {},
                                       const Headers& headers = {});
/// One request on a connection of its own.
[[nodiscard]] Reply ask(std::uint16_t port, std::string_view method, std::string_view target,
                        std::string_view body = {}, const Headers& headers = {});
[[nodiscard]] Reply ask_json(std::uint16_t port, std::string_view method, std::string_view target,
                             const json::value& body);
[[nodiscard]] Reply parse_reply(std::string_view bytes, bool head = false);

class TestSocket {
 public:
  TestSocket(std::uint16_t port, const std::string& target);

  /// Of the handshake: 101 if it is open.
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  void send(std::string_view text);
  void send(const json::value& message);
  /// The next message; nullopt if the socket was closed or nothing came in time.
  [[nodiscard]] std::optional<json::object> next(std::chrono::milliseconds timeout = patience);
  /// The next one of this type; the others are put into `seen`.
  [[nodiscard]] json::object until(std::string_view type);
  /// The message that ends a turn.
  [[nodiscard]] json::object ending();
  [[nodiscard]] std::uint16_t close_code() const { return close_code_; }
  void close() { connection_.close(); }

  std::vector<json::object> seen;

 private:
  void send_frame(unsigned char opcode, std::string_view payload);
  bool fill(std::size_t bytes, std::chrono::steady_clock::time_point end);

  Connection connection_;
  int status_ = 0;
  std::string refusal_;
  std::string buffer_;
  std::uint16_t close_code_ = 0;
};

[[nodiscard]] std::string text_of(const json::object& object, std::string_view name);
[[nodiscard]] std::int64_t number_of(const json::object& object, std::string_view name);

}  // namespace idi::api::testing
