// Addresses of servers, checked before anything is sent.
#pragma once

#include <string>

#include "idi/core/result.hpp"

namespace idi::http_client {

struct Address {
  std::string shown;  ///< Scheme, host and port: never a user, a password or a query.
};

/// Errors: invalid_argument (no address, or neither http nor https).
[[nodiscard]] Result<Address> parse_address(const std::string& url);

}  // namespace idi::http_client
