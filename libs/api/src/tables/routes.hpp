// /api/sessions/{session_id}/turns/{turn_id}/rows and …/export.
#pragma once

#include "router.hpp"
#include "tables/service.hpp"

namespace idi::api {

void add_table_routes(Router& router, TableService& service);

}  // namespace idi::api
