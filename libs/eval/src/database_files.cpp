#include "database_files.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "idi/db_sqlite/sqlite_database.hpp"

namespace idi::eval {
namespace {

namespace fs = std::filesystem;

/// It becomes a part of a path: no way out of the folder.
bool is_plain_name(std::string_view db_id) {
  return !db_id.empty() && db_id.size() <= 255 && db_id != "." && db_id != ".." &&
         db_id.find('/') == std::string_view::npos && db_id.find('\0') == std::string_view::npos;
}

/// SQLite's own files beside a database.
bool is_side_file(std::string_view name) {
  return name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal");
}

}  // namespace

Result<std::vector<fs::path>> database_files(const fs::path& databases, const std::string& db_id,
                                             bool whole_folder) {
  if (!is_plain_name(db_id)) {
    return make_error(ErrorCode::invalid_argument,
                      "\"" + db_id.substr(0, 60) + "\" cannot be the name of a database",
                      "db_id must be the name of a folder in the databases folder");
  }
  const fs::path main_file = databases / db_id / (db_id + ".sqlite");
  std::error_code failure;
  if (!fs::is_regular_file(main_file, failure)) {
    return make_error(ErrorCode::not_found, "there is no database " + main_file.string(),
                      "databases are expected at DIR/<db_id>/<db_id>.sqlite");
  }
  std::vector<fs::path> others;
  if (whole_folder) {
    fs::directory_iterator entries(main_file.parent_path(), failure);
    for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
      const std::string name = entries->path().filename().string();
      if (name.find(".sqlite") == std::string::npos || is_side_file(name)) continue;
      if (entries->path() != main_file) others.push_back(entries->path());
    }
    if (failure) {
      return make_error(ErrorCode::unreadable,
                        "cannot list the folder " + main_file.parent_path().string(), {},
                        failure.message());
    }
    std::sort(others.begin(), others.end());
  }
  others.insert(others.begin(), main_file);
  return others;
}

Result<OpenDatabases::Entry*> OpenDatabases::open(const fs::path& file) {
  const auto known = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.path == file.string(); });
  if (known != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, known);
    return &entries_.front();
  }
  IDI_TRY(auto database, db_sqlite::open_sqlite_database(file));
  IDI_TRY(auto connection, database->connect());
  if (entries_.size() >= max_open) entries_.pop_back();
  entries_.push_front({file.string(), std::move(database), std::move(connection)});
  return &entries_.front();
}

}  // namespace idi::eval
