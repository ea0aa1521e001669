#include "raw_request.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace idi::bench {
namespace {

Error failed(std::string what) {
  return make_error(ErrorCode::unavailable, "the raw request: " + std::move(what));
}

}  // namespace

Result<RawConnection> RawConnection::open(const std::string& url, std::string api_key) {
  const auto colon = url.rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(url.c_str() + colon + 1)));
  RawConnection connection(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), std::move(api_key));
  const int on = 1;
  ::setsockopt(connection.socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(connection.socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    return failed("no connection");
  }
  return connection;
}

RawConnection::~RawConnection() {
  if (socket_ >= 0) ::close(socket_);
}

RawConnection::RawConnection(RawConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), api_key_(std::move(other.api_key_)) {}

Status RawConnection::complete(std::string_view json) {
  const std::string request = fmt::format(
      "POST /completion HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n"
      "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      api_key_, json.size(), json);
  if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    return failed("not sent");
  }
  std::string answer;
  char buffer[1 << 16];
  while (!answer.ends_with("\r\n0\r\n\r\n")) {
    const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
    if (count <= 0) return failed("broke off after: " + answer.substr(0, 200));
    answer.append(buffer, static_cast<std::size_t>(count));
  }
  if (!answer.starts_with("HTTP/1.1 200")) return failed(answer.substr(0, 200));
  return {};
}

}  // namespace idi::bench
