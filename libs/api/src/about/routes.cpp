#include "about/routes.hpp"

#include "replies.hpp"

namespace idi::api {

void add_about_routes(Router& router, AboutService& service) {
  router.add("GET", "/api/health", [&service](const Call& call) {
    call.exchange->respond(json_response(200, service.health()));
  });
  router.add("GET", "/api/schema", [&service](const Call& call) {
    call.exchange->respond(json_response(200, service.schema()));
  });
  router.add("GET", "/api/openapi.json", [&service](const Call& call) {
    call.exchange->respond(json_response(200, service.documents().openapi));
  });
  router.add("GET", "/api/idi.schema.json", [&service](const Call& call) {
    call.exchange->respond(json_response(200, service.documents().message_schema));
  });
}

}  // namespace idi::api
