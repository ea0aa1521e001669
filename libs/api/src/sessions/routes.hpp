// /api/sessions…, but for what is said of single turns.
#pragma once

#include "router.hpp"
#include "sessions/service.hpp"
#include "task_pool.hpp"

namespace idi::api {

void add_session_routes(Router& router, SessionService& service, TaskPool& desk);

}  // namespace idi::api
