// /api/sessions/{session_id}/turns/{turn_id}/feedback and …/chart.
#pragma once

#include "router.hpp"
#include "task_pool.hpp"
#include "turns/service.hpp"

namespace idi::api {

void add_turn_routes(Router& router, TurnService& service, TaskPool& desk);

}  // namespace idi::api
