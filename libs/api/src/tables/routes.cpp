#include "tables/routes.hpp"

#include "desk_call.hpp"
#include "replies.hpp"
#include "tables/protocol.hpp"

namespace idi::api {

void add_table_routes(Router& router, TableService& service) {
  router.add("GET", "/api/sessions/{session_id}/turns/{turn_id}/rows", [&](const Call& call) {
    const auto turn_id = turn_id_of(call);
    if (!turn_id) return;
    const auto max_rows = max_rows_of(call.request);
    if (!max_rows) return call.exchange->respond(error_response(max_rows.error()));
    service.send_rows({call.arguments.at(0), *turn_id}, *max_rows, call.exchange);
  });
  router.add("GET", "/api/sessions/{session_id}/turns/{turn_id}/export", [&](const Call& call) {
    const auto turn_id = turn_id_of(call);
    if (!turn_id) return;
    const auto format = format_of(call.request);
    if (!format) return call.exchange->respond(error_response(format.error()));
    service.send_file({call.arguments.at(0), *turn_id}, *format, call.exchange);
  });
}

}  // namespace idi::api
