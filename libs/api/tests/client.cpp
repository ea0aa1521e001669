#include "client.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>
#include <utility>

#include "idi/core/text.hpp"
#include "message_schema.hpp"

namespace idi::api::testing {
namespace {

using Clock = std::chrono::steady_clock;

std::string unchunked(std::string_view body, bool& complete) {
  std::string text;
  while (true) {
    const auto line = body.find("\r\n");
    if (line == std::string_view::npos) return text;
    const std::size_t size = std::stoul(std::string(body.substr(0, line)), nullptr, 16);
    body.remove_prefix(line + 2);
    if (size == 0) {
      complete = true;
      return text;
    }
    if (body.size() < size + 2) return text;
    text += body.substr(0, size);
    body.remove_prefix(size + 2);
  }
}

}  // namespace

Connection::Connection(std::uint16_t port) {
  handle_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(handle_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to the server");
  }
}

Connection::~Connection() { close(); }

void Connection::close() {
  if (handle_ >= 0) ::close(std::exchange(handle_, -1));
}

void Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server closed; reading will tell
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string Connection::receive(std::chrono::milliseconds timeout) {
  pollfd waiting{handle_, POLLIN, 0};
  timed_out_ = ::poll(&waiting, 1, static_cast<int>(timeout.count())) == 0;
  if (timed_out_) return {};
  std::string bytes(64 << 10, '\0');
  const auto count = ::recv(handle_, bytes.data(), bytes.size(), 0);
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return bytes;
}

json::value Reply::as(const std::string& definition) const {
  EXPECT_EQ(violations(definition, body), "");
  EXPECT_EQ(header("content-type").substr(0, 16), "application/json");
  json::error_code error;
  auto value = json::parse({body.data(), body.size()}, error);
  return error ? json::value() : value;
}

std::string Reply::error_code() const {
  const auto value = as("ErrorReply");
  return value.is_object() ? text_of(value.at("error").as_object(), "code") : "";
}

std::string Reply::header(const std::string& name) const {
  const auto place = headers.find(name);
  return place == headers.end() ? "" : place->second;
}

std::string request_text(std::uint16_t port, std::string_view method, std::string_view target,
                         std::string_view body, const Headers& headers) {
  std::string text(method);
  text += ' ';
  text += target;
  text += " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\nConnection: close\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n";
  text += body;
  return text;
}

Reply parse_reply(std::string_view bytes, bool head) {
  Reply reply;
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return reply;
  const auto lines = text::split(bytes.substr(0, end), '\n');
  reply.status = std::stoi(lines.at(0).substr(9, 3));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(':');
    reply.headers[text::to_lower_ascii(lines[i].substr(0, colon))] =
        std::string(text::trim(std::string_view(lines[i]).substr(colon + 1)));
  }
  const auto body = bytes.substr(end + 4);
  if (reply.headers.contains("transfer-encoding")) {
    reply.body = unchunked(body, reply.complete);
  } else {
    reply.body = body;
    const std::string length = reply.header("content-length");
    reply.complete = head || length.empty() || std::stoul(length) == body.size();
  }
  return reply;
}

Reply ask(std::uint16_t port, std::string_view method, std::string_view target,
          std::string_view body, const Headers& headers) {
  Connection connection(port);
  connection.send(request_text(port, method, target, body, headers));
  std::string bytes;
  for (auto part = connection.receive(); !part.empty(); part = connection.receive()) bytes += part;
  EXPECT_FALSE(connection.timed_out()) << method << " " << target;
  return parse_reply(bytes, method == "HEAD");
}

Reply ask_json(std::uint16_t port, std::string_view method, std::string_view target,
               const json::value& body) {
  return ask(port, method, target, json::serialize(body), {{"Content-Type", "application/json"}});
}

TestSocket::TestSocket(std::uint16_t port, const std::string& target) : connection_(port) {
  connection_.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                   "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  while (buffer_.find("\r\n\r\n") == std::string::npos) {
    const std::string part = connection_.receive();
    if (part.empty()) return;
    buffer_ += part;
  }
  const auto end = buffer_.find("\r\n\r\n") + 4;
  status_ = std::stoi(buffer_.substr(9, 3));
  if (status_ == 101) {
    buffer_.erase(0, end);
  } else {
    refusal_ = parse_reply(buffer_).body;
  }
}

void TestSocket::send_frame(unsigned char opcode, std::string_view payload) {
  std::string frame(1, static_cast<char>(0x80 | opcode));
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65'536) {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xFF);
  } else {
    throw std::runtime_error("too long for this client");
  }
  frame.append(4, '\0');  // a mask of zeros changes nothing
  frame += payload;
  connection_.send(frame);
}

void TestSocket::send(std::string_view text) { send_frame(1, text); }
void TestSocket::send(const json::value& message) { send(json::serialize(message)); }

bool TestSocket::fill(std::size_t bytes, Clock::time_point end) {
  while (buffer_.size() < bytes) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) return false;
    const std::string part = connection_.receive(left);
    if (part.empty()) return false;
    buffer_ += part;
  }
  return true;
}

std::optional<json::object> TestSocket::next(std::chrono::milliseconds timeout) {
  const auto end = Clock::now() + timeout;
  while (true) {
    if (!fill(2, end)) return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(buffer_[i]); };
    const unsigned char opcode = byte(0) & 0x0F;
    std::size_t size = byte(1) & 0x7F;
    std::size_t head = 2;
    const std::size_t extended = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (!fill(2 + extended, end)) return std::nullopt;
    if (extended > 0) {
      size = 0;
      for (std::size_t i = 0; i < extended; ++i) size = size << 8 | byte(2 + i);
      head += extended;
    }
    if (!fill(head + size, end)) return std::nullopt;
    const std::string payload = buffer_.substr(head, size);
    buffer_.erase(0, head + size);
    if (opcode == 9) {
      send_frame(10, payload);
    } else if (opcode == 8) {
      if (size >= 2) {
        close_code_ = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 |
                                                 static_cast<unsigned char>(payload[1]));
      }
      return std::nullopt;
    } else if (opcode == 1) {
      EXPECT_EQ(violations("ServerMessage", payload), "");
      return json::parse(payload).as_object();
    }
  }
}

json::object TestSocket::until(std::string_view type) {
  while (auto message = next()) {
    if (text_of(*message, "type") == type) return std::move(*message);
    seen.push_back(std::move(*message));
  }
  ADD_FAILURE() << "no message of the type " << type << " came; the last one was "
                << (seen.empty() ? json::value() : json::value(seen.back()));
  return {};
}

json::object TestSocket::ending() {
  while (auto message = next()) {
    const std::string type = text_of(*message, "type");
    if (type == "result" || type == "error" || type == "cancelled") return std::move(*message);
    seen.push_back(std::move(*message));
  }
  ADD_FAILURE() << "the turn did not end";
  return {};
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains({name.data(), name.size()});
  if (!value || !value->is_string()) return {};
  return std::string(value->get_string().data(), value->get_string().size());
}

std::int64_t number_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains({name.data(), name.size()});
  return value && value->is_int64() ? value->get_int64() : -1;
}

}  // namespace idi::api::testing
