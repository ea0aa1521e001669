#include "admission.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "idi/core/text.hpp"

namespace idi::http {
namespace {

bool is_ip_address(const std::string& text, int family) {
  std::array<unsigned char, 16> address{};
  return inet_pton(family, text.c_str(), address.data()) == 1;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

Refusal bad_host(std::string message) {
  return {400, Error{ErrorCode::invalid_argument, std::move(message), "", ""}};
}

std::string without_final_dot(std::string name) {
  if (name.size() > 1 && name.back() == '.') name.pop_back();
  return name;
}

}  // namespace

std::optional<Authority> parse_authority(std::string_view text) {
  Authority authority;
  std::string_view rest;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    authority.host = text::to_lower_ascii(text.substr(1, end - 1));
    if (!is_ip_address(authority.host, AF_INET6)) return std::nullopt;
    authority.is_ip_address = true;
    rest = text.substr(end + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    authority.host = without_final_dot(text::to_lower_ascii(text.substr(0, colon)));
    if (authority.host.empty() ||
        !std::all_of(authority.host.begin(), authority.host.end(), is_name_character)) {
      return std::nullopt;
    }
    authority.is_ip_address = is_ip_address(authority.host, AF_INET);
    rest = text.substr(colon);
  }
  if (!rest.empty()) {
    if (rest.front() != ':') return std::nullopt;
    rest.remove_prefix(1);
    if (!rest.empty()) {  // "host:" is allowed, and means the scheme's own port
      authority.port = parse_port(rest);
      if (!authority.port) return std::nullopt;
    }
  }
  return authority;
}

Admission::Admission(std::vector<std::string> names, bool tls)
    : names_(std::move(names)), tls_(tls) {
  for (std::string& name : names_) name = without_final_dot(text::to_lower_ascii(name));
  names_.emplace_back("localhost");
}

std::optional<Refusal> Admission::check_host(const Request& request,
                                             std::string_view target_authority) const {
  const auto count = std::count_if(request.headers.begin(), request.headers.end(),
                                   [](const auto& header) { return header.first == "host"; });
  if (count != 1) return bad_host("The request must have one Host header.");
  const auto authority = parse_authority(*request.header("host"));
  if (!authority) return bad_host("The Host header is not a name or an address.");
  if (!target_authority.empty() && parse_authority(target_authority) != authority) {
    return bad_host("The address and the Host header differ.");
  }
  if (authority->is_ip_address) return std::nullopt;
  if (std::find(names_.begin(), names_.end(), authority->host) != names_.end()) return std::nullopt;
  return Refusal{421,
                 Error{ErrorCode::refused,
                       fmt::format("This server does not go by the name \"{}\".", authority->host),
                       "Open it by its IP address, or start it with this name allowed.", ""}};
}

std::optional<Refusal> Admission::check_origin(const Request& request) const {
  const Refusal foreign{403, Error{ErrorCode::refused, "The request comes from another site.",
                                   "Open the page of this server itself.", ""}};
  if (request.header("sec-fetch-site") == "cross-site") return foreign;
  const auto count = std::count_if(request.headers.begin(), request.headers.end(),
                                   [](const auto& header) { return header.first == "origin"; });
  if (count == 0) return std::nullopt;
  if (count > 1) return foreign;
  std::string_view origin = *request.header("origin");
  const std::string_view scheme = tls_ ? "https://" : "http://";
  if (origin.substr(0, scheme.size()) != scheme) return foreign;
  origin.remove_prefix(scheme.size());
  auto theirs = parse_authority(origin);
  auto ours = parse_authority(request.header("host").value_or(""));
  if (!theirs || !ours) return foreign;
  const std::uint16_t usual_port = tls_ ? 443 : 80;
  theirs->port = theirs->port.value_or(usual_port);
  ours->port = ours->port.value_or(usual_port);
  if (theirs != ours) return foreign;
  return std::nullopt;
}

std::vector<std::string> own_host_names() {
  std::array<char, 256> buffer{};
  if (gethostname(buffer.data(), buffer.size() - 1) != 0) return {};
  const std::string name = buffer.data();
  if (name.empty()) return {};
  const std::string label = name.substr(0, name.find('.'));
  return {name, label, label + ".local"};
}

bool is_changing_method(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

}  // namespace idi::http
