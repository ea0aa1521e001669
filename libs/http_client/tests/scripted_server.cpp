#include "idi/http_client/testing/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "idi/core/text.hpp"

namespace idi::http_client::testing {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

int listening_socket(std::uint16_t& port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(handle, plain, size) != 0 || ::getsockname(handle, plain, &size) != 0 ||
      ::listen(handle, 64) != 0) {
    throw std::runtime_error("cannot listen on loopback");
  }
  port = ntohs(address.sin_port);
  return handle;
}

}  // namespace

std::uint16_t unused_port() {
  std::uint16_t port = 0;
  ::close(listening_socket(port));
  return port;
}

std::string Visit::header(const std::string& lower_name) const {
  const auto place = headers.find(lower_name);
  return place == headers.end() ? "" : place->second;
}

bool Visit::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      keep_ = false;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Visit::reply(int status, std::string_view type, std::string_view text,
                  std::string_view more_headers) {
  std::string all = "HTTP/1.1 " + std::to_string(status) + " As Written\r\nContent-Type: ";
  all += type;
  all += "\r\nContent-Length: " + std::to_string(text.size()) + "\r\n";
  all += more_headers;
  all += "\r\n";
  if (method != "HEAD") all += text;
  return send(all);
}

bool Visit::begin(int status, std::string_view type) {
  close();
  return send("HTTP/1.1 " + std::to_string(status) + " As Written\r\nContent-Type: " +
              std::string(type) + "\r\nConnection: close\r\n\r\n");
}

bool Visit::pause(milliseconds duration) { return !client_left(duration) && !*ending_; }

bool Visit::client_left(milliseconds patience) {
  const auto end = Clock::now() + patience;
  while (Clock::now() < end && !*ending_) {
    pollfd waiting{handle_, POLLIN | POLLRDHUP, 0};
    if (::poll(&waiting, 1, 5) <= 0) continue;
    char byte = 0;
    if ((waiting.revents & (POLLERR | POLLHUP)) != 0 ||
        ::recv(handle_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0) {
      return true;
    }
    std::this_thread::sleep_for(milliseconds{5});  // the next request is waiting
  }
  return false;
}

void Visit::reset() {
  keep_ = false;
  const linger rude{1, 0};
  ::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &rude, sizeof rude);
}

bool Visit::fill(std::string& buffer) {
  char bytes[16'384];
  const auto count = ::recv(handle_, bytes, sizeof bytes, 0);
  if (count <= 0) return false;
  buffer.append(bytes, static_cast<std::size_t>(count));
  return true;
}

bool Visit::read_request(std::string& buffer) {
  while (buffer.find("\r\n\r\n") == std::string::npos) {
    if (!fill(buffer)) return false;
  }
  const auto end = buffer.find("\r\n\r\n");
  const auto lines = text::split(buffer.substr(0, end), '\n');
  const auto words = text::split(lines.front(), ' ');
  method = words.at(0);
  target = words.at(1);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(':');
    headers[text::to_lower_ascii(lines[i].substr(0, colon))] =
        std::string(text::trim(std::string_view(lines[i]).substr(colon + 1)));
  }
  buffer.erase(0, end + 4);
  const std::string length = header("content-length");
  const std::size_t size = length.empty() ? 0 : std::stoul(length);
  while (buffer.size() < size) {
    if (!fill(buffer)) return false;
  }
  body = buffer.substr(0, size);
  buffer.erase(0, size);
  return true;
}

ScriptedServer::ScriptedServer(Script script)
    : script_(std::move(script)), listener_(listening_socket(port_)) {
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  ending_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::lock_guard lock(mutex_);
    for (const int handle : open_) ::shutdown(handle, SHUT_RDWR);
  }
  for (auto& thread : threads_) thread.join();
}

std::string ScriptedServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

void ScriptedServer::accept_all() {
  while (true) {
    const int handle = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (handle < 0) return;
    ++connections_;
    const std::lock_guard lock(mutex_);
    open_.push_back(handle);
    threads_.emplace_back([this, handle] { serve(handle); });
  }
}

void ScriptedServer::serve(int handle) {
  std::string buffer;
  while (!ending_) {
    Visit visit(handle, ending_);
    if (!visit.read_request(buffer)) break;
    ++requests_;
    script_(visit);
    if (!visit.keep_) break;
  }
  const std::lock_guard lock(mutex_);
  open_.erase(std::find(open_.begin(), open_.end(), handle));
  ::close(handle);
}

}  // namespace idi::http_client::testing
