#include "idi/api/api.hpp"

#include <fmt/format.h>

#include <utility>

#include "about/routes.hpp"
#include "page.hpp"
#include "query/routes.hpp"
#include "replies.hpp"
#include "router.hpp"
#include "sessions/routes.hpp"
#include "tables/routes.hpp"
#include "task_pool.hpp"
#include "turns/routes.hpp"

namespace idi::api {
namespace {

/// For what only reads and writes conversations: one waits for the disk while another answers.
constexpr int desk_threads = 2;
constexpr std::size_t max_desk_tasks = 4'096;

EventLogsLimits log_limits(const ApiLimits& limits) {
  EventLogsLimits logs;
  logs.each.max_events = limits.max_replay_events;
  logs.each.max_watchers = limits.max_sockets_per_session;
  return logs;
}

class DefaultApi final : public Api {
 public:
  DefaultApi(ApiParts parts, std::vector<std::unique_ptr<engine::Pipeline>> pipelines)
      : source_(std::move(parts.source)),
        engines_(std::move(parts.engines)),
        limits_(parts.limits),
        logs_(log_limits(limits_)),
        desk_(desk_threads, max_desk_tasks),
        queries_(parts.sessions, {source_, engines_, std::move(pipelines)}, desk_, logs_, limits_),
        sessions_(parts.sessions, source_->get()->schema().name, queries_, logs_),
        turns_(parts.sessions),
        tables_(source_, parts.sessions, limits_),
        about_(source_, engines_, std::move(parts.version),
               {std::move(parts.openapi), std::move(parts.schema)}, limits_.workers, queries_),
        page_(std::move(parts.page)) {
    add_about_routes(router_, about_);
    add_query_routes(router_, queries_, limits_);
    add_session_routes(router_, sessions_, desk_);
    add_turn_routes(router_, turns_, desk_);
    add_table_routes(router_, tables_);
  }
  ~DefaultApi() override { stop(); }

  void on_request(http::Request request, std::shared_ptr<http::Exchange> exchange) override;
  Result<std::shared_ptr<http::SocketListener>> on_socket(
      const http::Request& request, std::shared_ptr<http::Socket> socket) override;
  void stop() override;
  void set_connection_counter(std::function<int()> count) override {
    about_.set_connection_counter(std::move(count));
  }

 private:
  // In the order of their making: what is below uses what is above, and is gone before it.
  const std::shared_ptr<engine::CurrentSource> source_;
  const engine::Engines engines_;
  const ApiLimits limits_;
  EventLogs logs_;
  TaskPool desk_;
  QueryService queries_;
  SessionService sessions_;
  TurnService turns_;
  TableService tables_;
  AboutService about_;
  const Page page_;
  Router router_;
};

bool is_for_programs(std::string_view path) {
  return path == "/api" || path == "/ws" || path.starts_with("/api/") || path.starts_with("/ws/");
}

void DefaultApi::on_request(http::Request request, std::shared_ptr<http::Exchange> exchange) {
  if (router_.handle(request, exchange)) return;
  if (is_for_programs(request.path)) {
    exchange->respond(error_response(make_error(ErrorCode::not_found,
                                                fmt::format("there is nothing at {}", request.path),
                                                "GET /api/openapi.json says what there is.")));
    return;
  }
  if (request.method != "GET") {
    auto response = error_response(
        make_error(ErrorCode::invalid_argument, "the page's files can only be read"), 405);
    response.headers.emplace_back("Allow", "GET, HEAD");
    exchange->respond(std::move(response));
    return;
  }
  exchange->respond(page_.respond(request));
}

Result<std::shared_ptr<http::SocketListener>> DefaultApi::on_socket(
    const http::Request& request, std::shared_ptr<http::Socket> socket) {
  return open_query_socket(
      request, std::move(socket), queries_, logs_,
      [this](std::string_view session_id) { return sessions_.exists(session_id); }, limits_);
}

void DefaultApi::stop() {
  tables_.stop();
  queries_.stop();
  desk_.close();
}

}  // namespace

Result<std::shared_ptr<Api>> Api::open(ApiParts parts) {
  const auto& limits = parts.limits;
  if (limits.workers < 1 || limits.max_queued < 0 || limits.max_exports < 1) {
    return make_error(ErrorCode::invalid_argument,
                      "there must be at least one worker and one export at a time");
  }
  std::vector<std::unique_ptr<engine::Pipeline>> pipelines;
  for (int i = 0; i < limits.workers; ++i) {
    IDI_TRY(auto pipeline, engine::Pipeline::open(parts.source->get(), parts.engines));
    pipelines.push_back(std::move(pipeline));
  }
  return std::shared_ptr<Api>(std::make_shared<DefaultApi>(std::move(parts), std::move(pipelines)));
}

}  // namespace idi::api
