#include "query/routes.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "fields.hpp"
#include "query/protocol.hpp"
#include "replies.hpp"
#include "request_body.hpp"

namespace idi::api {
namespace {

constexpr std::string_view socket_path = "/ws/query/";

engine::AskLimits ask_limits(const ApiLimits& limits) {
  engine::AskLimits asked;
  asked.timeout_ms = limits.question_timeout_ms;
  asked.max_rows = limits.max_rows;
  return asked;
}

Result<json::object> query_object(const http::Request& request) {
  if (body_kind(request) == BodyKind::json) return parse_object(request.body, "the body");
  IDI_TRY(auto object, form_object(request.body));
  read_numbers(object, {"max_rows", "timeout_ms"});
  return object;
}

http::Response ending_response(const Ending& ending) {
  if (!ending.error) return json_response(200, query_reply_text(ending.answer));
  return ending.busy ? busy_response(*ending.error) : error_response(*ending.error);
}

void post_query(const Call& call, QueryService& service, const ApiLimits& limits) {
  if (body_kind(call.request) == BodyKind::other) {
    call.exchange->respond(error_response(unsupported_body(call.request, "application/json"), 415));
    return;
  }
  auto object = query_object(call.request);
  auto request = object ? parse_query_request(std::move(*object)) : object.error();
  if (!request) {
    call.exchange->respond(error_response(request.error()));
    return;
  }
  auto job = std::make_shared<Job>();
  job->session_id = std::move(request->session_id);
  job->question = std::move(request->query);
  job->limits = ask_limits(limits);
  // What was asked for cannot be more than what the server allows.
  if (request->max_rows) {
    job->limits.max_rows = std::min(job->limits.max_rows, *request->max_rows);
  }
  if (request->timeout_ms) {
    job->limits.timeout_ms = std::min(job->limits.timeout_ms, *request->timeout_ms);
  }
  job->on_end = [exchange = call.exchange](const Ending& ending) {
    exchange->respond(ending_response(ending));
  };
  call.exchange->on_gone([&service, weak = std::weak_ptr(job)] {
    if (const auto asked = weak.lock()) service.cancel(asked);
  });
  service.submit(std::move(job));
}

/// One browser's window (or program) that watches a session and asks in it.
class QuerySocket final : public http::SocketListener {
 public:
  QuerySocket(std::shared_ptr<EventLog> log, std::shared_ptr<Watcher> watcher,
              QueryService& service, const ApiLimits& limits)
      : log_(std::move(log)),
        watcher_(std::move(watcher)),
        service_(service),
        limits_(ask_limits(limits)) {}

  void on_text(std::string text) override {
    auto message = parse_client_message(text);
    if (!message) return tell(message.error());
    if (std::holds_alternative<CancelMessage>(*message)) {
      service_.cancel(log_->session_id());
      return;
    }
    auto job = std::make_shared<Job>();
    job->session_id = log_->session_id();
    job->limits = limits_;
    if (auto* query = std::get_if<QueryMessage>(&*message)) {
      job->question = std::move(query->query);
      job->keywords = std::move(query->keywords);
      job->standalone = query->standalone;
    } else {
      job->sql = std::move(std::get<RunSqlMessage>(*message).sql);
    }
    job->on_end = [log = log_, watcher = watcher_](const Ending& ending) {
      // What became of a turn everybody is told; that it was not taken, only who asked.
      if (ending.turn_id == 0 && ending.error) tell(*log, *watcher, *ending.error);
    };
    service_.submit(std::move(job));
  }

  // Only marks: the log's lock may be held by whoever made the socket close.
  void on_close() override { watcher_->gone = true; }

 private:
  static void tell(EventLog& log, Watcher& watcher, const Error& error) {
    log.tell(watcher, [&](std::int64_t seq) { return error_text({seq, 0}, error); });
  }
  void tell(const Error& error) const { tell(*log_, *watcher_, error); }

  const std::shared_ptr<EventLog> log_;
  const std::shared_ptr<Watcher> watcher_;
  QueryService& service_;
  const engine::AskLimits limits_;
};

Result<std::optional<std::int64_t>> after_of(const http::Request& request) {
  IDI_TRY(auto object, parameters_of(request, {"after"}));
  Fields fields(std::move(object));
  const auto after = fields.integer("after", 0, INT64_MAX);
  IDI_CHECK(fields.done());
  return after;
}

}  // namespace

void add_query_routes(Router& router, QueryService& service, const ApiLimits& limits) {
  router.add("POST", "/query",
             [&service, limits](const Call& call) { post_query(call, service, limits); });
}

Result<std::shared_ptr<http::SocketListener>> open_query_socket(
    const http::Request& request, std::shared_ptr<http::Socket> socket, QueryService& service,
    EventLogs& logs, const SessionExists& exists, const ApiLimits& limits) {
  const std::string_view path = request.path;
  if (!path.starts_with(socket_path)) {
    return make_error(ErrorCode::not_found, "there is no WebSocket at this address",
                      "It is /ws/query/{session_id}.");
  }
  if (service.is_stopping()) {
    return make_error(ErrorCode::unavailable, "the server is stopping");
  }
  IDI_TRY(const auto after, after_of(request));
  const std::string_view session_id = path.substr(socket_path.size());
  IDI_TRY(const bool is_there, exists(session_id));
  if (!is_there) {
    return make_error(ErrorCode::not_found, "there is no such session",
                      "It may have been deleted; make a new one.");
  }
  const auto log = logs.open(session_id);
  IDI_TRY(auto watcher, log->watch(std::move(socket), after));
  return std::shared_ptr<http::SocketListener>(
      std::make_shared<QuerySocket>(log, std::move(watcher), service, limits));
}

}  // namespace idi::api
