#include "message.hpp"

#include <fmt/format.h>

#include <boost/beast/http/error.hpp>

#include "idi/core/text.hpp"

namespace idi::http {

namespace beast_http = boost::beast::http;

Request request_of(const Message& message, Target target, std::string remote_address) {
  Request request;
  request.method = message.method() == beast_http::verb::head
                       ? "GET"
                       : std::string(std::string_view(message.method_string()));
  request.path = std::move(target.path);
  request.parameters = std::move(target.parameters);
  for (const auto& field : message) {
    request.headers.emplace_back(text::to_lower_ascii(std::string_view(field.name_string())),
                                 std::string_view(field.value()));
  }
  request.remote_address = std::move(remote_address);
  return request;
}

Refusal refusal_of(const boost::system::error_code& error, const ServerLimits& limits) {
  if (error == beast_http::error::body_limit) {
    return {413,
            Error{ErrorCode::limit_exceeded,
                  fmt::format("A request body may have {} bytes at most.", limits.max_body_bytes),
                  "", ""}};
  }
  if (error == beast_http::error::header_limit) {
    return {431, Error{ErrorCode::limit_exceeded,
                       fmt::format("A request's headers may have {} bytes at most.",
                                   limits.max_header_bytes),
                       "", ""}};
  }
  return {400, Error{ErrorCode::invalid_argument, "The request is not valid HTTP.", "",
                     error.message()}};
}

std::optional<Refusal> check_handshake(const Request& request) {
  if (request.header("sec-websocket-version") != "13") {
    return Refusal{426,
                   Error{ErrorCode::not_supported, "Only WebSocket version 13 is spoken.", "", ""}};
  }
  if (request.header("sec-websocket-key").value_or("").empty()) {
    return Refusal{
        400, Error{ErrorCode::invalid_argument, "The WebSocket handshake has no key.", "", ""}};
  }
  return std::nullopt;
}

}  // namespace idi::http
