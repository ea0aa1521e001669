#include "store_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "idi/core/text.hpp"
#include "migrations.hpp"
#include "store_errors.hpp"

namespace idi::session {
namespace {

namespace fs = std::filesystem;

/// Larger files are not read through at every start; damage shows when it is met.
constexpr std::uintmax_t max_checked_bytes = 64 << 20;

std::string shown(const fs::path& path) { return text::to_valid_utf8(path.string()); }

Error system_error_on(const fs::path& path, std::string_view what, std::error_code reason) {
  return make_error(ErrorCode::io_failed, fmt::format("{} {}", shown(path), what),
                    "Check the disk and the permissions of the folder.", reason.message());
}

std::error_code last_error() { return {errno, std::generic_category()}; }

/// The absolute path with links resolved, so that one file has one lock; its folder exists then.
Result<fs::path> prepare_folder(const fs::path& file) {
  std::error_code failed;
  const fs::path path = fs::weakly_canonical(fs::absolute(file, failed), failed);
  if (failed || !path.has_filename()) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("{} cannot be the name of a file", shown(file)),
                      "Name a file for the conversations.", failed ? failed.message() : "");
  }
  fs::path folder;
  for (const fs::path& part : path.parent_path()) {
    folder /= part;
    // Private from the beginning, rather than made and then closed.
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) continue;
    const std::error_code reason = last_error();
    if (!fs::is_directory(folder, failed)) {
      return system_error_on(folder, "cannot be made", reason);
    }
  }
  return path;
}

fs::path beside(const fs::path& file, std::string_view ending) {
  fs::path path = file;
  path += ending;
  return path;
}

Status sync(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code reason = last_error();
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return system_error_on(path, "cannot be written to the disk", reason);
  return {};
}

Status use_wal(sqlite::Connection& connection) {
  IDI_TRY(auto statement, connection.prepare("PRAGMA journal_mode = WAL"));
  IDI_TRY(const bool row, statement.step());
  if (!row || statement.text(0) != "wal") {
    return make_error(ErrorCode::io_failed,
                      fmt::format("{} cannot have a write-ahead log", shown(connection.path())),
                      "Put the file on a local disk, in a folder that can be written.");
  }
  return {};
}

Result<sqlite::Connection> open_for_writing(const fs::path& path) {
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::read_write;
  IDI_TRY(auto connection, sqlite::Connection::open(path, options));
  sqlite::StatementLimits limits;
  connection.set_limits(limits);
  // secure_delete: what was purged is gone from the file too. Temporary tables stay in memory: they
  // would lie in a folder that others can see.
  IDI_CHECK(
      connection.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                         "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                         "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
                         "PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 16777216"));
  IDI_CHECK(use_wal(connection));
  return connection;
}

Status fill_new(const fs::path& path) {
  IDI_TRY(auto connection, open_for_writing(path));
  IDI_CHECK(migrate(connection, migration_steps()));
  // Everything into the one file that is renamed, with its log empty.
  return connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void remove_with_companions(const fs::path& path) {
  std::error_code ignored;  // What cannot be removed shows when it is made again.
  for (const std::string_view ending : {"", "-wal", "-shm", "-journal"}) {
    fs::remove(beside(path, ending), ignored);
  }
}

Status make_new(const fs::path& file) {
  const fs::path draft = beside(file, "-new");
  remove_with_companions(draft);  // Of a process that died here; the lock is ours.
  const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_error_on(draft, "cannot be made", last_error());
  ::close(descriptor);
  Status filled = fill_new(draft);
  if (filled) filled = sync(draft, O_RDONLY);
  if (filled && ::rename(draft.c_str(), file.c_str()) != 0) {
    filled = system_error_on(file, "cannot be made", last_error());
  }
  if (!filled) {
    remove_with_companions(draft);
    return filled;
  }
  return sync(file.parent_path(), O_RDONLY | O_DIRECTORY);
}

Error not_ours(const fs::path& file) {
  return make_error(
      ErrorCode::unreadable,
      fmt::format("{} is another program's database, not IDI's conversations", shown(file)),
      "Name another file for the conversations; this one was left as it is.");
}

/// Reads only: a file that must not be opened stays as it is, byte for byte.
Status inspect(const fs::path& file, std::uintmax_t size) {
  sqlite::OpenOptions options;
  options.confined = true;
  IDI_TRY(auto connection, sqlite::Connection::open(file, options));
  IDI_CHECK(connection.harden());
  IDI_TRY(const std::int64_t application, pragma_integer(connection, "application_id"));
  if (application != store_application_id) return not_ours(file);
  IDI_TRY(const std::int64_t version, pragma_integer(connection, "user_version"));
  const auto known = static_cast<std::int64_t>(migration_steps().size());
  if (version < 1 || version > known) {
    return make_error(
        ErrorCode::wrong_version,
        fmt::format("{} was written by a newer IDI (version {} of the file, this program knows {})",
                    shown(file), version, known),
        "Use the newer IDI, or name another file; this one was left as it is.");
  }
  if (size > max_checked_bytes) return {};
  IDI_TRY(auto check, connection.prepare("PRAGMA quick_check(1)"));
  IDI_TRY(const bool row, check.step());
  if (row && check.text(0) == "ok") return {};
  return damaged(shown(file), row ? check.text(0) : std::string_view());
}

/// A log whose file was taken away holds conversations, and would be read as the new file's.
Status no_orphaned_log(const fs::path& file) {
  for (const std::string_view ending : {"-wal", "-journal"}) {
    const fs::path log = beside(file, ending);
    std::error_code failed;
    if (fs::file_size(log, failed) == 0 || failed) continue;
    return make_error(ErrorCode::unreadable,
                      fmt::format("There is {}, but not the file that it belongs to", shown(log)),
                      "Put that file back beside it, or move the log away.");
  }
  return {};
}

/// true: there is one to open.
Result<bool> is_there(const fs::path& file) {
  std::error_code failed;
  const fs::file_status status = fs::status(file, failed);
  if (status.type() == fs::file_type::not_found) return false;
  if (status.type() == fs::file_type::none) return system_error_on(file, "cannot be seen", failed);
  if (!fs::is_regular_file(status)) {
    return make_error(ErrorCode::unreadable, fmt::format("{} is not a file", shown(file)),
                      "Name a file for the conversations.");
  }
  // Made by hand, to be filled.
  const bool empty = fs::file_size(file, failed) == 0 && !failed;
  return !empty;
}

}  // namespace

Result<StoreFile> open_store_file(const fs::path& file, std::int64_t busy_timeout_ms) {
  IDI_TRY(const fs::path path, prepare_folder(file));
  IDI_TRY(StoreLock lock, StoreLock::take(beside(path, "-lock")));
  IDI_TRY(const bool there, is_there(path));
  if (there) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(path, failed);
    IDI_CHECK(in_store_words(inspect(path, size)));
  } else {
    IDI_CHECK(no_orphaned_log(path));
    IDI_CHECK(in_store_words(make_new(path)));
  }
  // By name: opening and closing the file beside SQLite would drop its locks. Where it is not ours
  // to change (another owner), writing is not either, or was meant.
  if (::chmod(path.c_str(), 0600) != 0 && errno != EPERM && errno != EROFS) {
    return system_error_on(path, "cannot be made private", last_error());
  }
  IDI_TRY(auto connection, in_store_words(open_for_writing(path)));
  auto busy = std::make_unique<BusyWait>();
  connection.set_busy_handler([wait = busy.get()] {
    if (wait->until.passed()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return true;
  });
  busy->until = Deadline::after(std::chrono::milliseconds(busy_timeout_ms));
  IDI_CHECK(in_store_words(migrate(connection, migration_steps())));
  return StoreFile{std::move(lock), std::move(busy), std::move(connection)};
}

}  // namespace idi::session
