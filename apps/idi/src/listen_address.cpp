#include "listen_address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace idi::cli {
namespace {

Error unusable(std::string_view text, std::string_view reason) {
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("\"{}\" is no address to listen at: {}", text, reason),
                    "Write it like this: 127.0.0.1:8080, 0.0.0.0:8080 (everybody on the network), "
                    "[::1]:8080 or just 8080.");
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_ip(const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, text.c_str(), bytes) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  ListenAddress result;
  std::string_view host;
  std::string_view port;
  if (is_number(text)) {
    port = text;
  } else if (!text.empty() && text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return unusable(text, "the ] is missing");
    host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    if (!port.empty() && port.front() != ':') return unusable(text, "a port follows after a colon");
    if (!port.empty()) port.remove_prefix(1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    const auto colon = text.find(':');
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    if (port.empty()) return unusable(text, "the port is missing");
  } else {
    host = text;
    if (host.empty()) return unusable(text, "it is empty");
  }
  if (host == "localhost") host = "127.0.0.1";
  if (host == "*") host = "0.0.0.0";
  if (!host.empty()) result.address = std::string(host);
  if (!is_ip(result.address)) return unusable(text, "an IP address is needed");
  if (!port.empty()) {
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), result.port);
    if (error != std::errc() || end != port.data() + port.size()) {
      return unusable(text, "a port is a number from 0 to 65535");
    }
  }
  return result;
}

bool is_loopback(std::string_view address) {
  return address.substr(0, 4) == "127." || address == "::1";
}

}  // namespace idi::cli
