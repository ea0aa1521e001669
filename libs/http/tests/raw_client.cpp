#include "raw_client.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "idi/core/text.hpp"

namespace idi::http {
namespace {

constexpr std::chrono::seconds patience{10};

sockaddr_in address_of(const std::string& text, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, text.c_str(), &address.sin_addr);
  return address;
}

}  // namespace

int Frame::close_code() const {
  if (kind != close_frame || payload.size() < 2) return 0;
  return (static_cast<unsigned char>(payload[0]) << 8) | static_cast<unsigned char>(payload[1]);
}

RawClient::RawClient(std::uint16_t port, int receive_buffer_bytes, const std::string& from_address)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  EXPECT_GE(descriptor_, 0) << std::strerror(errno);
  if (receive_buffer_bytes > 0) {
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes,
               sizeof receive_buffer_bytes);
  }
  if (!from_address.empty()) {
    const sockaddr_in from = address_of(from_address, 0);
    EXPECT_EQ(bind(descriptor_, reinterpret_cast<const sockaddr*>(&from), sizeof from), 0);
  }
  const int yes = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const sockaddr_in to = address_of("127.0.0.1", port);
  EXPECT_EQ(connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0)
      << std::strerror(errno);
}

RawClient::~RawClient() { close(); }

void RawClient::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

void RawClient::reset() {
  const linger abrupt{1, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
  close();
}

void RawClient::finish_sending() { shutdown(descriptor_, SHUT_WR); }

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::receive_more(std::chrono::milliseconds limit) {
  pollfd waiting{descriptor_, POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) return false;
  std::array<char, 65'536> chunk;
  const ssize_t count = recv(descriptor_, chunk.data(), chunk.size(), 0);
  if (count <= 0) return false;
  input_.append(chunk.data(), static_cast<std::size_t>(count));
  return true;
}

bool RawClient::read_some() { return receive_more(patience); }

bool RawClient::has(std::size_t bytes, std::chrono::milliseconds limit) {
  while (input_.size() < bytes) {
    if (!receive_more(limit)) return false;
  }
  return true;
}

std::optional<std::string> RawClient::line() {
  std::size_t end = 0;
  while ((end = input_.find("\r\n")) == std::string::npos) {
    if (!receive_more(patience)) return std::nullopt;
  }
  std::string text = input_.substr(0, end);
  input_.erase(0, end + 2);
  return text;
}

RawResponse RawClient::response(bool head) {
  RawResponse response;
  const auto first = line();
  if (!first || first->size() < 12) return response;
  response.status = std::stoi(first->substr(9, 3));
  for (;;) {
    const auto header = line();
    if (!header) return response;
    if (header->empty()) break;
    const std::size_t colon = header->find(": ");
    response.headers[text::to_lower_ascii(header->substr(0, colon))] = header->substr(colon + 2);
  }
  if (head || response.status < 200 || response.status == 204 || response.status == 304) {
    response.whole = true;
  } else if (response.headers.contains("content-length")) {
    const std::size_t size = std::stoul(response.headers["content-length"]);
    response.whole = has(size, patience);
    response.body = input_.substr(0, size);
    input_.erase(0, response.body.size());
  } else if (response.headers.contains("transfer-encoding")) {
    while (const auto size_line = line()) {
      const std::size_t size = std::stoul(*size_line, nullptr, 16);
      if (!has(size + 2, patience)) break;
      response.body += input_.substr(0, size);
      input_.erase(0, size + 2);
      if (size == 0) {
        response.whole = true;
        break;
      }
    }
  } else if (const auto rest = until_close()) {
    response.body = *rest;
    response.whole = true;
  }
  return response;
}

RawResponse RawClient::get(std::string_view target, std::string_view more_headers) {
  send(get_request(target, more_headers));
  return response();
}

std::optional<std::string> RawClient::until_close(std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd waiting{descriptor_, POLLIN, 0};
    if (left.count() <= 0 || poll(&waiting, 1, static_cast<int>(left.count())) <= 0) {
      return std::nullopt;
    }
    if (!receive_more(std::chrono::milliseconds(0))) return std::exchange(input_, "");
  }
}

RawResponse RawClient::open_socket(std::string_view target, std::string_view more_headers) {
  send(get_request(target, fmt::format("Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                       "Sec-WebSocket-Version: 13\r\n"
                                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}",
                                       more_headers)));
  return response();
}

bool RawClient::send_frame(std::uint8_t kind, std::string_view payload, bool final, bool masked) {
  std::string bytes;
  bytes.push_back(static_cast<char>((final ? 0x80 : 0) | kind));
  const char mask_bit = static_cast<char>(masked ? 0x80 : 0);
  if (payload.size() < 126) {
    bytes.push_back(static_cast<char>(mask_bit | static_cast<char>(payload.size())));
  } else {
    const bool short_form = payload.size() < 65'536;
    bytes.push_back(static_cast<char>(mask_bit | (short_form ? 126 : 127)));
    for (int shift = short_form ? 8 : 56; shift >= 0; shift -= 8) {
      bytes.push_back(static_cast<char>(payload.size() >> shift));
    }
  }
  if (masked) bytes.append(4, '\0');  // a mask of zeros leaves the payload as it is
  bytes += payload;
  return send(bytes);
}

std::optional<Frame> RawClient::frame(std::chrono::milliseconds limit) {
  if (!has(2, limit)) return std::nullopt;
  Frame frame;
  frame.kind = static_cast<std::uint8_t>(input_[0] & 0x0F);
  std::size_t size = static_cast<unsigned char>(input_[1]) & 0x7F;
  const std::size_t length_bytes = size == 126 ? 2 : size == 127 ? 8 : 0;
  if (!has(2 + length_bytes, limit)) return std::nullopt;
  if (length_bytes > 0) {
    size = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) {
      size = size << 8 | static_cast<unsigned char>(input_[2 + i]);
    }
  }
  if (!has(2 + length_bytes + size, limit)) return std::nullopt;
  frame.payload = input_.substr(2 + length_bytes, size);
  input_.erase(0, 2 + length_bytes + size);
  return frame;
}

std::string get_request(std::string_view target, std::string_view more_headers,
                        std::string_view method) {
  return fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", method, target, more_headers);
}

std::string post_request(std::string_view target, std::string_view body,
                         std::string_view more_headers) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n{}\r\n{}",
                     target, body.size(), more_headers, body);
}

}  // namespace idi::http
