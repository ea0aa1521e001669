#include "listening.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/v6_only.hpp>

namespace idi::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

Error listen_error(const error_code& error, const std::string& address, std::uint16_t port) {
  const std::string where = fmt::format("{} port {}", address, port);
  if (error == asio::error::address_in_use) {
    return {ErrorCode::conflict, fmt::format("Another program already listens on {}.", where),
            "Stop it, or choose another port.", ""};
  }
  if (error == asio::error::access_denied) {
    return {ErrorCode::refused, fmt::format("Listening on {} is not allowed.", where),
            "Ports below 1024 need a special right: choose a higher one.", ""};
  }
  if (error == boost::system::errc::address_not_available ||
      error == asio::error::address_family_not_supported) {
    return {ErrorCode::invalid_argument, fmt::format("This machine has no address {}.", address),
            "Use one of its own addresses, or 0.0.0.0 for all.", error.message()};
  }
  return {ErrorCode::io_failed, fmt::format("Listening on {} failed.", where), "", error.message()};
}

}  // namespace

Result<tcp::acceptor> listen_on(asio::io_context& context, const std::string& address,
                                std::uint16_t port) {
  error_code error;
  const auto ip = asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, error);
  if (error) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("\"{}\" is not an IP address to listen on.", address),
                      "For example 127.0.0.1, ::1, or 0.0.0.0 for all of this machine's.");
  }
  const tcp::endpoint endpoint(ip, port);
  tcp::acceptor acceptor(context);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && ip.is_v6()) acceptor.set_option(asio::ip::v6_only(false), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) return listen_error(error, address, port);
  return acceptor;
}

std::string url_of(const tcp::endpoint& endpoint, bool tls) {
  const auto address = endpoint.address();
  std::string host = address.to_string();
  if (address.is_unspecified()) host = address.is_v4() ? "127.0.0.1" : "::1";
  if (address.is_v6()) host = '[' + host + ']';
  return fmt::format("{}://{}:{}", tls ? "https" : "http", host, endpoint.port());
}

std::string text_of(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

}  // namespace idi::http
