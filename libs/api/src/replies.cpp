#include "replies.hpp"

namespace idi::api {

http::Response json_response(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

http::Response error_response(const Error& error, std::optional<int> status) {
  auto response = http::error_response(error);
  if (status) response.status = *status;
  return response;
}

http::Response busy_response(const Error& error) {
  auto response = error_response(error, 429);
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace idi::api
