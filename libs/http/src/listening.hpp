// Addresses and the listening socket.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>

#include "idi/core/result.hpp"

namespace idi::http {

/// Bound and listening; "::" hears IPv4 too. Errors: as Server::start.
[[nodiscard]] Result<boost::asio::ip::tcp::acceptor> listen_on(boost::asio::io_context& context,
                                                               const std::string& address,
                                                               std::uint16_t port);

/// What a browser on this machine opens.
[[nodiscard]] std::string url_of(const boost::asio::ip::tcp::endpoint& endpoint, bool tls);

/// IPv4 in IPv6 is written as IPv4.
[[nodiscard]] std::string text_of(const boost::asio::ip::address& address);

}  // namespace idi::http
