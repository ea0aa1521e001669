#include "router.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "idi/core/text.hpp"
#include "replies.hpp"

namespace idi::api {
namespace {

bool is_place(const std::string& segment) { return segment.size() > 2 && segment.front() == '{'; }

std::optional<std::vector<std::string>> match(const std::vector<std::string>& pattern,
                                              const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_place(pattern[i])) {
      if (path[i].empty()) return std::nullopt;
      arguments.push_back(path[i]);
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  return arguments;
}

}  // namespace

void Router::add(std::string method, std::string_view pattern, Handler handler) {
  routes_.push_back({std::move(method), text::split(pattern, '/'), std::move(handler)});
}

bool Router::handle(const http::Request& request,
                    const std::shared_ptr<http::Exchange>& exchange) const {
  const auto path = text::split(request.path, '/');
  std::vector<std::string> allowed;
  for (const auto& route : routes_) {
    auto arguments = match(route.segments, path);
    if (!arguments) continue;
    if (route.method == request.method) {
      route.handler({request, exchange, std::move(*arguments)});
      return true;
    }
    allowed.push_back(route.method);
  }
  if (allowed.empty()) return false;
  auto response =
      error_response(make_error(ErrorCode::invalid_argument,
                                fmt::format("{} does not take {}", request.path, request.method)),
                     405);
  response.headers.emplace_back("Allow", text::join(allowed, ", "));
  exchange->respond(std::move(response));
  return true;
}

}  // namespace idi::api
