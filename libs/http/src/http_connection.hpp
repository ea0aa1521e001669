// One client speaking HTTP/1.1, until it leaves or becomes a WebSocket.
#pragma once

#include <memory>
#include <string>

#include "channel.hpp"
#include "hub.hpp"

namespace idi::http {

/// `start` is to be called once, after it is in the hub's list.
class StartableConnection : public Connection {
 public:
  virtual void start() = 0;
};

[[nodiscard]] std::shared_ptr<StartableConnection> make_http_connection(Hub& hub,
                                                                        tcp::socket socket,
                                                                        std::string remote_address);

}  // namespace idi::http
