// printf() and format() without the ones that run for minutes: SQLite writes '%.*c' with a
// precision of two thousand millions character by character, even past the limit of a text's
// length. Here the widths and precisions of a call are added up first; then SQLite's own printf
// does the work, on a connection of its own.
#pragma once

#include <cstdint>

struct sqlite3;

namespace idi::sqlite {

/// Of one call together; more gives SQLITE_TOOBIG.
inline constexpr std::int64_t max_printf_width = 1'000'000;

/// Replaces printf and format on a connection. Returns an SQLite result code.
int add_bounded_printf(sqlite3* database);

}  // namespace idi::sqlite
