// A page of sessions. Pure but for the connection.
#pragma once

#include "idi/core/result.hpp"
#include "idi/session/session_store.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::session {

[[nodiscard]] Result<SessionPage> find_page(sqlite::Connection& connection,
                                            const SessionQuery& query);

}  // namespace idi::session
