// A SQLite file as a db::Database: introspection and read-only execution. Nothing is ever written,
// neither to the file nor beside it. The Database may be used from several threads; each
// Connection from one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "idi/core/result.hpp"
#include "idi/db/database.hpp"

namespace idi::db_sqlite {

/// Every number is enforced. The defaults suit an interactive question.
struct SqliteOptions {
  /// Only if nobody can change the file meanwhile (read-only media): no locks are taken.
  bool immutable = false;
  std::int64_t lock_timeout_ms = 3'000;  ///< How long to wait for a writer.
  /// Per connection, for everything that SQLite keeps in memory.
  std::int64_t max_memory_bytes = 256 << 20;
  /// On disk, per connection, for sorting and grouping (SQLITE_TMPDIR, else /var/tmp, else /tmp).
  std::int64_t max_temporary_bytes = std::int64_t{1} << 30;
  std::int64_t introspection_timeout_ms = 30'000;
  int max_tables = 20'000;
  int max_columns = 200'000;  ///< Over all tables.
  int samples_per_column = 5;
  int max_sample_bytes = 60;
  /// Per table: only a broken disk needs as long for a few hundred rows. Per view: one that is slow
  /// simply has no samples.
  std::int64_t sample_timeout_ms = 2'000;
  std::int64_t view_sample_timeout_ms = 150;
  std::int64_t count_timeout_ms = 20;  ///< Per table; then the row count is estimated.
};

/// Checks that the file is there, readable and a SQLite database; reads its header only.
/// Errors: not_found, unreadable (folder, no permission, encrypted, empty, cut short), each with a
/// hint.
[[nodiscard]] Result<std::unique_ptr<db::Database>> open_sqlite_database(
    const std::filesystem::path& path, const SqliteOptions& options = {});

}  // namespace idi::db_sqlite
