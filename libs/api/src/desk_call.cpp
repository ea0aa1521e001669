#include "desk_call.hpp"

#include <charconv>
#include <utility>

#include "replies.hpp"
#include "request_body.hpp"

namespace idi::api {

void answer_on(TaskPool& desk, const Call& call, int status, Answering answering) {
  const auto exchange = call.exchange;
  const bool taken = desk.post([exchange, status, answering = std::move(answering)] {
    auto body = answering();
    exchange->respond(body ? json_response(status, std::move(*body))
                           : error_response(body.error()));
  });
  if (taken) return;
  if (desk.is_closed()) {
    exchange->respond(error_response(make_error(ErrorCode::unavailable, "the server is stopping")));
    return;
  }
  exchange->respond(busy_response(
      make_error(ErrorCode::limit_exceeded, "there is too much to do", "Try again in a moment.")));
}

std::optional<json::object> json_body(const Call& call, Body body) {
  if (call.request.body.empty() && body == Body::optional) return json::object{};
  if (body_kind(call.request) != BodyKind::json) {
    call.exchange->respond(error_response(unsupported_body(call.request, "application/json"), 415));
    return std::nullopt;
  }
  auto object = parse_object(call.request.body, "the body");
  if (!object) {
    call.exchange->respond(error_response(object.error()));
    return std::nullopt;
  }
  return std::move(*object);
}

std::optional<std::int64_t> turn_id_of(const Call& call) {
  const std::string& digits = call.arguments.at(1);
  std::int64_t id = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, id);
  if (error == std::errc() && stop == end && id > 0) return id;
  call.exchange->respond(error_response(make_error(ErrorCode::not_found, "there is no such turn")));
  return std::nullopt;
}

}  // namespace idi::api
