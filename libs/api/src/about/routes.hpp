// /api/health, /api/schema, /api/openapi.json, /api/idi.schema.json.
#pragma once

#include "about/service.hpp"
#include "router.hpp"

namespace idi::api {

void add_about_routes(Router& router, AboutService& service);

}  // namespace idi::api
