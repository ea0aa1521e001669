// SQLite's allocator, with a look at the current WorkMonitor: an allocation fails when the
// connection has too much already, or when it is time to stop. SQLite handles failed allocations
// everywhere, so this ends what neither sqlite3_interrupt nor the progress handler can: compiling a
// statement, and long runs of steps without a jump.
#pragma once

namespace idi::sqlite {

/// Before anything else of SQLite in the process; later calls do nothing. Thread-safe. Without
/// effect if somebody else has initialised SQLite already.
void install_memory_watch();

}  // namespace idi::sqlite
