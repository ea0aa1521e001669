// What a question's statement may do: the third wall's rules. Everything not named is refused.
#pragma once

#include "idi/sqlite/connection.hpp"

namespace idi::db_sqlite {

/// For statements that answer questions.
[[nodiscard]] bool may_question(const sqlite::Access& access);
/// For our own introspection: reading and the pragmas that describe tables.
[[nodiscard]] bool may_introspect(const sqlite::Access& access);

}  // namespace idi::db_sqlite
