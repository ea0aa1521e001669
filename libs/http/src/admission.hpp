// Who may ask: the checks of Host (DNS rebinding) and of Origin (other sites' pages in the same
// browser). Pure; made once, then read by the network thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/error.hpp"
#include "idi/http/server.hpp"

namespace idi::http {

/// "name:8080", "1.2.3.4", "[::1]:80" taken apart.
struct Authority {
  std::string host;  ///< Lower case, without brackets and final dot.
  std::optional<std::uint16_t> port;
  bool is_ip_address = false;
  friend bool operator==(const Authority&, const Authority&) = default;
};
[[nodiscard]] std::optional<Authority> parse_authority(std::string_view text);

struct Refusal {
  int status = 403;
  Error error;
};

class Admission {
 public:
  /// `names` beside IP addresses and "localhost".
  Admission(std::vector<std::string> names, bool tls);

  /// Every request: exactly one usable Host, that is ours (400, 421); an authority in the
  /// target must be the same.
  [[nodiscard]] std::optional<Refusal> check_host(const Request& request,
                                                  std::string_view target_authority) const;
  /// A request that changes something, or a WebSocket: not from another site (403). Without an
  /// Origin the client is no browser, and allowed. REQUIRES: check_host passed.
  [[nodiscard]] std::optional<Refusal> check_origin(const Request& request) const;

 private:
  std::vector<std::string> names_;
  bool tls_;
};

/// The names that this machine goes by: its host name, the first label of it, and ".local".
[[nodiscard]] std::vector<std::string> own_host_names();

/// Whether the method may change something: all but GET, HEAD and OPTIONS.
[[nodiscard]] bool is_changing_method(std::string_view method);

}  // namespace idi::http
