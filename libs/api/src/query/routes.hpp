// POST /query and the WebSocket /ws/query/{session_id}.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "query/event_logs.hpp"
#include "query/service.hpp"
#include "router.hpp"

namespace idi::api {

/// False: there is no such session (or it was deleted). Must be quick.
using SessionExists = std::function<Result<bool>(std::string_view session_id)>;

void add_query_routes(Router& router, QueryService& service, const ApiLimits& limits);

/// For http::Application::on_socket. Errors: not_found, limit_exceeded, unavailable,
/// invalid_argument (`after` is no number).
[[nodiscard]] Result<std::shared_ptr<http::SocketListener>> open_query_socket(
    const http::Request& request, std::shared_ptr<http::Socket> socket, QueryService& service,
    EventLogs& logs, const SessionExists& exists, const ApiLimits& limits);

}  // namespace idi::api
