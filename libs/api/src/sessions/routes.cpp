#include "sessions/routes.hpp"

#include <utility>

#include "desk_call.hpp"
#include "replies.hpp"
#include "request_body.hpp"
#include "sessions/protocol.hpp"

namespace idi::api {
namespace {

constexpr const char* one_session = "/api/sessions/{session_id}";

void list(const Call& call, SessionService& service, TaskPool& desk) {
  auto object = parameters_of(call.request, {"limit", "offset"});
  auto query = object ? session_query_from_json(std::move(*object)) : object.error();
  if (!query) {
    call.exchange->respond(error_response(query.error()));
    return;
  }
  answer_on(desk, call, 200, [&service, query = *query] { return service.list(query); });
}

void forget(const Call& call, SessionService& service, TaskPool& desk) {
  auto object = parameters_of(call.request, {});
  auto which = object ? clarification_from_json(std::move(*object)) : object.error();
  if (!which) {
    call.exchange->respond(error_response(which.error()));
    return;
  }
  answer_on(desk, call, 204,
            [&service, id = call.arguments.at(0), which = *which]() -> Result<std::string> {
              IDI_CHECK(service.forget(id, which));
              return std::string();
            });
}

using Changing = std::function<Result<std::string>(const session::SessionChange&)>;

void with_change(const Call& call, Body body, int status, TaskPool& desk, Changing changing) {
  auto object = json_body(call, body);
  if (!object) return;
  auto change = session_change_from_json(std::move(*object));
  if (!change) {
    call.exchange->respond(error_response(change.error()));
    return;
  }
  answer_on(desk, call, status, [change = std::move(*change), changing = std::move(changing)] {
    return changing(change);
  });
}

}  // namespace

void add_session_routes(Router& router, SessionService& service, TaskPool& desk) {
  router.add("GET", "/api/sessions", [&](const Call& call) { list(call, service, desk); });
  router.add("POST", "/api/sessions", [&](const Call& call) {
    with_change(call, Body::optional, 201, desk,
                [&service](const auto& given) { return service.create(given); });
  });
  router.add("GET", one_session, [&](const Call& call) {
    answer_on(desk, call, 200,
              [&service, id = call.arguments.at(0)] { return service.conversation(id); });
  });
  router.add("PATCH", one_session, [&](const Call& call) {
    with_change(call, Body::required, 200, desk,
                [&service, id = call.arguments.at(0)](const auto& change) {
                  return service.change(id, change);
                });
  });
  router.add("DELETE", one_session, [&](const Call& call) {
    answer_on(desk, call, 204, [&service, id = call.arguments.at(0)]() -> Result<std::string> {
      IDI_CHECK(service.remove(id));
      return std::string();
    });
  });
  router.add("GET", "/api/sessions/{session_id}/resolutions", [&](const Call& call) {
    answer_on(desk, call, 200,
              [&service, id = call.arguments.at(0)] { return service.resolutions(id); });
  });
  router.add("DELETE", "/api/sessions/{session_id}/resolutions",
             [&](const Call& call) { forget(call, service, desk); });
  router.add("POST", "/api/sessions/{session_id}/restore", [&](const Call& call) {
    answer_on(desk, call, 200,
              [&service, id = call.arguments.at(0)] { return service.restore(id); });
  });
}

}  // namespace idi::api
