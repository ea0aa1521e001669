// SQLite's result codes as Errors.
#pragma once

#include <string_view>

#include "idi/core/error.hpp"

struct sqlite3;

namespace idi::sqlite {

/// `database` may be null (then the code's standard text is the detail). `file` names it for
/// people.
Error error_of(int code, sqlite3* database, std::string_view file);
/// The file that a connection was opened on, for messages.
std::string file_of(sqlite3* database);

}  // namespace idi::sqlite
