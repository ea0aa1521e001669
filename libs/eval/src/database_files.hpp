// Where the databases of an evaluation lie, and one thread's connections to them.
#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/db/database.hpp"

namespace idi::eval {

/// The files that a prediction must be right on: DIR/<db_id>/<db_id>.sqlite first, then (Spider's
/// test suites) every other file of that folder with ".sqlite" in its name, in order of name.
/// Errors: not_found, invalid_argument (a db_id that is no plain name).
[[nodiscard]] Result<std::vector<std::filesystem::path>> database_files(
    const std::filesystem::path& databases, const std::string& db_id, bool whole_folder);

/// Not thread-safe: every thread has its own.
class OpenDatabases {
 public:
  struct Entry {
    std::string path;
    std::unique_ptr<db::Database> database;
    std::unique_ptr<db::Connection> connection;
  };

  /// The one for the file, opened if it is not; valid until the next call.
  [[nodiscard]] Result<Entry*> open(const std::filesystem::path& file);

 private:
  static constexpr std::size_t max_open = 16;
  std::list<Entry> entries_;  // most recently used first
};

}  // namespace idi::eval
