// The lines before a response's body, and the responses that the edge itself gives.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "admission.hpp"
#include "idi/http/server.hpp"

namespace idi::http {

/// How the body follows, and what becomes of the connection.
struct Framing {
  std::optional<std::size_t> content_length;
  bool chunked = false;
  bool close = false;
  bool say_keep_alive = false;  ///< HTTP/1.0 must be told.
};

/// Status line, the handler's headers, the security headers that it did not set itself, framing,
/// and the blank line.
[[nodiscard]] std::string response_head(const Response& response, const Framing& framing);

/// Responses to which HTTP gives no body (1xx, 204, 304).
[[nodiscard]] bool has_no_body(int status);

[[nodiscard]] Response refusal_response(const Refusal& refusal);

}  // namespace idi::http
