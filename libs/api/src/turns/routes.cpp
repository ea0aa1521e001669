#include "turns/routes.hpp"

#include <utility>

#include "desk_call.hpp"
#include "replies.hpp"
#include "visualization.hpp"

namespace idi::api {
namespace {

void put_feedback(const Call& call, TurnService& service, TaskPool& desk) {
  const auto turn_id = turn_id_of(call);
  if (!turn_id) return;
  auto object = json_body(call, Body::required);
  if (!object) return;
  auto feedback = feedback_from_json(std::move(*object));
  if (!feedback) {
    call.exchange->respond(error_response(feedback.error()));
    return;
  }
  answer_on(desk, call, 200,
            [&service, id = call.arguments.at(0), turn = *turn_id, feedback = *feedback] {
              return service.put_feedback(id, turn, feedback);
            });
}

void put_chart(const Call& call, TurnService& service, TaskPool& desk) {
  const auto turn_id = turn_id_of(call);
  if (!turn_id) return;
  auto object = json_body(call, Body::required);
  if (!object) return;
  auto choice = choice_from_json(std::move(*object));
  if (!choice) {
    call.exchange->respond(error_response(choice.error()));
    return;
  }
  answer_on(desk, call, 200,
            [&service, id = call.arguments.at(0), turn = *turn_id, choice = *choice] {
              return service.put_chart(id, turn, choice);
            });
}

}  // namespace

void add_turn_routes(Router& router, TurnService& service, TaskPool& desk) {
  router.add("PUT", "/api/sessions/{session_id}/turns/{turn_id}/feedback",
             [&](const Call& call) { put_feedback(call, service, desk); });
  router.add("PUT", "/api/sessions/{session_id}/turns/{turn_id}/chart",
             [&](const Call& call) { put_chart(call, service, desk); });
}

}  // namespace idi::api
