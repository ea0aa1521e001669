// Opening the file of a store. On disk there is, at any moment, no file or a whole one:
//   absent  -> made under another name, complete with its tables, then renamed [make_new]
//   present -> looked at through a connection that cannot write [inspect]; only what is ours, whole
//              and not newer than this program is opened for writing, and migrated
//              [open_store_file]
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/sqlite/connection.hpp"
#include "store_lock.hpp"

namespace idi::session {

/// How long to wait for a lock of SQLite; somebody else may read or back up the file.
struct BusyWait {
  Deadline until = Deadline::never();
};

struct StoreFile {
  StoreLock lock;
  std::unique_ptr<BusyWait> busy;  ///< Outlives the connection, which asks it.
  sqlite::Connection connection;
};

/// Errors as of open_sqlite_store(). The connection is in WAL mode and checks foreign keys.
[[nodiscard]] Result<StoreFile> open_store_file(const std::filesystem::path& file,
                                                std::int64_t busy_timeout_ms);

}  // namespace idi::session
