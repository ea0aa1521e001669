// Responses that every family gives.
#pragma once

#include <optional>
#include <string>

#include "idi/core/result.hpp"
#include "idi/http/server.hpp"

namespace idi::api {

/// The edge adds what keeps it out of caches.
[[nodiscard]] http::Response json_response(int status, std::string body);
/// ErrorReply; `status` only where the code alone does not say it (405, 415, 429).
[[nodiscard]] http::Response error_response(const Error& error, std::optional<int> status = {});
/// Too much at once: 429, with the advice to come again.
[[nodiscard]] http::Response busy_response(const Error& error);

}  // namespace idi::api
