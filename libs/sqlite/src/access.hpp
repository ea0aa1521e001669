// SQLite's numbers of accesses (sqlite3_set_authorizer) as an Action.
#pragma once

#include "idi/sqlite/connection.hpp"

namespace idi::sqlite {

Action action_of(int engine_code);

}  // namespace idi::sqlite
