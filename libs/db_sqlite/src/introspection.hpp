// Reads a Schema out of a SQLite file.
#pragma once

#include <stop_token>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "reading_connection.hpp"

namespace idi::db_sqlite {

/// REQUIRES: the connection was opened with may_introspect.
/// Left out: sqlite_ tables, shadow tables of virtual tables, virtual tables and views that this
/// SQLite cannot read. Errors: not_found (no table at all), limit_exceeded, timeout, cancelled,
/// unreadable, conflict.
Result<Schema> introspect(ReadingConnection& reading, const SqliteOptions& options,
                          std::stop_token stop);

}  // namespace idi::db_sqlite
