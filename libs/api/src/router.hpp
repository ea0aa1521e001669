// Which handler serves which address and method. Filled once, then only read; handlers run on the
// network thread and must return at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/http/server.hpp"

namespace idi::api {

struct Call {
  http::Request request;
  std::shared_ptr<http::Exchange> exchange;
  std::vector<std::string> arguments;  ///< What stood in the place of each {name}, in order.
};

class Router {
 public:
  using Handler = std::function<void(Call)>;

  /// `pattern` as OpenAPI writes it: "/api/sessions/{session_id}".
  void add(std::string method, std::string_view pattern, Handler handler);
  /// True if the path is one of ours; then it was answered (405 with Allow for a wrong method).
  [[nodiscard]] bool handle(const http::Request& request,
                            const std::shared_ptr<http::Exchange>& exchange) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> segments;
    Handler handler;
  };
  std::vector<Route> routes_;
};

}  // namespace idi::api
