// What connections share: the options, the application, the loop, and the list that owns them.
// Network thread only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>

#include "admission.hpp"
#include "idi/http/server.hpp"
#include "loop.hpp"

namespace idi::http {

/// One client, as the hub sees it: kept in its list until it calls `remove`.
class Connection {
 public:
  virtual ~Connection() = default;
  /// A few times a second: whatever is overdue ends here.
  virtual void check_deadlines(std::chrono::steady_clock::time_point now) = 0;
  /// First stage of the shutdown: ends as soon as nothing is running.
  virtual void retire() = 0;
  /// At once.
  virtual void abort() = 0;
};

class Hub {
 public:
  virtual ~Hub() = default;
  virtual void remove(const Connection& connection) = 0;
  /// A connection that became a WebSocket: the old one leaves the list, its place is kept.
  virtual void replace(const Connection& old, std::shared_ptr<Connection> successor) = 0;

  ServerOptions options;
  std::shared_ptr<Application> application;
  std::shared_ptr<Loop> loop;
  Admission admission{{}, false};
  std::unique_ptr<boost::asio::ssl::context> tls;
  bool retiring = false;
};

}  // namespace idi::http
