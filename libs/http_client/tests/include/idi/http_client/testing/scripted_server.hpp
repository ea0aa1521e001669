// A real server on loopback whose behaviour a test writes down, good or bad: over plain sockets, so
// that nothing keeps it from being wrong. Each connection has a thread of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace idi::http_client::testing {

/// One request, and the means to answer it.
class Visit {
 public:
  std::string method, target, body;
  std::map<std::string, std::string> headers;  ///< Names in lower case.

  [[nodiscard]] std::string header(const std::string& lower_name) const;
  /// Bytes as they are. false: the client is gone.
  bool send(std::string_view bytes);
  /// A whole response with Content-Length.
  bool reply(int status, std::string_view type, std::string_view text,
             std::string_view more_headers = {});
  /// Head of a response that ends with the connection.
  bool begin(int status, std::string_view type);
  /// Waits. false: the client is gone, or the server is being ended.
  bool pause(std::chrono::milliseconds duration);
  /// Until the client closes its connection (true), for at most `patience`.
  bool client_left(std::chrono::milliseconds patience);
  /// No further request on this connection.
  void close() { keep_ = false; }
  /// Ends the connection in the rudest way (TCP RST).
  void reset();

 private:
  friend class ScriptedServer;
  Visit(int handle, const std::atomic<bool>& ending) : handle_(handle), ending_(&ending) {}
  bool read_request(std::string& buffer);
  bool fill(std::string& buffer);
  int handle_;
  const std::atomic<bool>* ending_;
  bool keep_ = true;
};

class ScriptedServer {
 public:
  using Script = std::function<void(Visit&)>;
  explicit ScriptedServer(Script script);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url(std::string_view path = {}) const;
  [[nodiscard]] int connections() const { return connections_; }
  [[nodiscard]] int requests() const { return requests_; }

 private:
  void accept_all();
  void serve(int handle);

  Script script_;
  std::uint16_t port_ = 0;
  int listener_ = -1;  ///< Made after the port has its place.
  std::atomic<bool> ending_{false};
  std::atomic<int> connections_{0}, requests_{0};
  std::mutex mutex_;
  std::list<std::thread> threads_;
  std::vector<int> open_;
  std::thread acceptor_;
};

/// A port of loopback that nobody listens on.
[[nodiscard]] std::uint16_t unused_port();

}  // namespace idi::http_client::testing
