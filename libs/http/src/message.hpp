// Beast's messages and errors as ours.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <string>

#include "admission.hpp"
#include "idi/http/server.hpp"
#include "target.hpp"

namespace idi::http {

using Message = boost::beast::http::request<boost::beast::http::string_body>;

/// Everything but the body. HEAD becomes GET.
[[nodiscard]] Request request_of(const Message& message, Target target, std::string remote_address);

/// What to answer to bytes that Beast's parser refused.
[[nodiscard]] Refusal refusal_of(const boost::system::error_code& error,
                                 const ServerLimits& limits);

/// A WebSocket handshake that Beast would refuse without a word of why.
[[nodiscard]] std::optional<Refusal> check_handshake(const Request& request);

}  // namespace idi::http
