// "ADDR:PORT" as people write it: "8080", ":8080", "0.0.0.0:8080", "[::1]:8080", "::1", "10.0.0.2".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::cli {

struct ListenAddress {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
};

/// What is left out stays as above. Errors: invalid_argument.
[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);

/// Reachable from this machine alone.
[[nodiscard]] bool is_loopback(std::string_view address);

}  // namespace idi::cli
