#include "query/routes.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "desk_call.hpp"
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
  read_booleans(object, {"ask_back"});
  return object;
}

http::Response ending_response(const Ending& ending) {
  if (!ending.error) return json_response(200, query_reply_text(ending.answer));
  return ending.busy ? busy_response(*ending.error) : error_response(*ending.error);
}

/// What was asked for cannot be more than what the server allows.
void narrow(engine::AskLimits& limits, std::optional<std::int64_t> max_rows,
            std::optional<std::int64_t> timeout_ms) {
  if (max_rows) limits.max_rows = std::min(limits.max_rows, *max_rows);
  if (timeout_ms) limits.timeout_ms = std::min(limits.timeout_ms, *timeout_ms);
}

/// Responds when the job has ended; a client that leaves cancels it.
void submit_for(const Call& call, std::shared_ptr<Job> job, QueryService& service) {
  job->on_end = [exchange = call.exchange](const Ending& ending) {
    exchange->respond(ending_response(ending));
  };
  call.exchange->on_gone([&service, weak = std::weak_ptr(job)] {
    if (const auto asked = weak.lock()) service.cancel(asked);
  });
  service.submit(std::move(job));
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
  job->may_ask_back = request->ask_back;
  job->limits = ask_limits(limits);
  narrow(job->limits, request->max_rows, request->timeout_ms);
  submit_for(call, std::move(job), service);
}

void post_choice(const Call& call, QueryService& service, const ApiLimits& limits) {
  const auto turn_id = turn_id_of(call);
  if (!turn_id) return;
  auto object = json_body(call, Body::required);
  if (!object) return;
  auto request = parse_clarify_request(std::move(*object));
  if (!request) {
    call.exchange->respond(error_response(request.error()));
    return;
  }
  auto job = std::make_shared<Job>();
  job->session_id = call.arguments.at(0);
  job->choice = Choice{*turn_id, std::move(request->clarification), std::move(request->option)};
  job->limits = ask_limits(limits);
  narrow(job->limits, request->max_rows, request->timeout_ms);
  submit_for(call, std::move(job), service);
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
      job->may_ask_back = query->ask_back;
    } else if (auto* clarify = std::get_if<ClarifyMessage>(&*message)) {
      job->choice =
          Choice{clarify->turn_id, std::move(clarify->clarification), std::move(clarify->option)};
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
  router.add("POST", "/api/sessions/{session_id}/turns/{turn_id}/clarify",
             [&service, limits](const Call& call) { post_choice(call, service, limits); });
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
