// SQL functions in place of SQLite's own where those take time in the square of their arguments.
#pragma once

struct sqlite3;

namespace idi::sqlite {

/// Registers like, glob, instr, replace, trim, ltrim, rtrim, printf and format on a connection.
/// Returns an SQLite result code.
int add_interruptible_functions(sqlite3* database);

}  // namespace idi::sqlite
