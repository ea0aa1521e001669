// A bare SQLite connection for tests: runs statements and compares their results.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

struct sqlite3;

namespace idi::sql::testing {

/// Rows with every cell as "type:value".
using Rows = std::vector<std::vector<std::string>>;

class SqliteProbe {
 public:
  /// Read-only; an empty path opens a database in memory.
  explicit SqliteProbe(const std::filesystem::path& file);
  ~SqliteProbe();
  SqliteProbe(const SqliteProbe&) = delete;
  SqliteProbe& operator=(const SqliteProbe&) = delete;

  /// Bounded in rows and in time.
  [[nodiscard]] Result<Rows> run(const std::string& sql);
  /// Whether it compiles.
  [[nodiscard]] Status prepare(const std::string& sql);
  /// Whether it compiles to something that writes.
  [[nodiscard]] bool writes(const std::string& sql);
  /// The schema's tables, empty.
  [[nodiscard]] Status create(const Schema& schema);

 private:
  sqlite3* connection_ = nullptr;
};

/// As multisets, or as sequences where `ordered`.
[[nodiscard]] bool same_rows(Rows a, Rows b, bool ordered);

}  // namespace idi::sql::testing
