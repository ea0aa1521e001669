#include "reading_connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "file_probe.hpp"
#include "idi/core/text.hpp"

namespace idi::db_sqlite {
namespace {
constexpr int steps_between_checks = 200;
constexpr std::chrono::milliseconds lock_poll{5};
constexpr std::int64_t process_heap_bytes = std::int64_t{1} << 30;
/// 16 MiB: the statements of one question read the same pages; sorts up to it stay in memory.
constexpr std::string_view cache_pragma = "PRAGMA cache_size = -16384";

// The first use of a virtual table in a connection makes SQLite ask for "UPDATE sqlite_master"
// (sqlite3_declare_vtab). So that the policy can refuse exactly that, all first uses happen here,
// before it is set. A table that cannot be connected to is left to fail later.
Status connect_virtual_tables(sqlite::Connection& connection) {
  std::vector<std::string> names{"json_each", "json_tree", "pragma_table_list",
                                 "pragma_table_xinfo", "pragma_foreign_key_list"};
  IDI_TRY(sqlite::Statement statement,
          connection.prepare(
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage = 0 LIMIT 1000"));
  for (;;) {
    IDI_TRY(const bool row, statement.step());
    if (!row) break;
    names.emplace_back(statement.text(0));
  }
  for (const std::string& name : names) {
    static_cast<void>(connection.prepare("SELECT 1 FROM " + sqlite::quote_identifier(name)));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<ReadingConnection>> ReadingConnection::open(
    const std::filesystem::path& path, const SqliteOptions& options, Policy policy,
    std::stop_token stop, Deadline deadline) {
  static std::once_flag heap_limit;
  std::call_once(heap_limit, sqlite::set_process_heap_limit, process_heap_bytes);
  sqlite::OpenOptions open_options;
  open_options.immutable = options.immutable;
  open_options.confined = true;
  IDI_TRY(auto connection, sqlite::Connection::open(path, open_options));
  std::unique_ptr<ReadingConnection> reading(new ReadingConnection(std::move(connection), options));
  {
    const Watch watch(*reading, std::move(stop), deadline);
    IDI_CHECK(watch.check());
    if (const Status status = reading->prepare_for_reading(); !status) {
      return watch.explain(status.error());
    }
  }
  reading->connection_.set_authorizer(policy);
  return reading;
}

Status ReadingConnection::prepare_for_reading() {
  IDI_CHECK(connection_.harden());
  connection_.set_limits({});
  connection_.set_max_memory_bytes(options_.max_memory_bytes);
  connection_.set_max_temporary_bytes(options_.max_temporary_bytes);
  connection_.set_progress(steps_between_checks, [this] { return should_stop(); });
  connection_.set_busy_handler([this] { return keep_waiting(); });
  IDI_CHECK(connection_.use_interruptible_functions());
  IDI_CHECK(check_header(connection_));
  IDI_CHECK(connection_.execute(cache_pragma));
  return connect_virtual_tables(connection_);
}

bool ReadingConnection::should_stop() const { return stop_.stop_requested() || deadline_.passed(); }

bool ReadingConnection::keep_waiting() {
  if (should_stop()) return false;
  if (!lock_deadline_.has_value()) {
    lock_deadline_ = Deadline::after(std::chrono::milliseconds(options_.lock_timeout_ms));
  }
  if (lock_deadline_->passed()) return false;
  std::this_thread::sleep_for(lock_poll);
  return true;
}

ReadingConnection::Watch::Watch(ReadingConnection& owner, std::stop_token stop, Deadline deadline,
                                std::int64_t max_steps)
    : owner_(owner),
      stamp_(file_stamp(owner.connection_.path())),
      on_stop_(stop, [&owner] { owner.connection_.interrupt(); }),
      on_deadline_(deadline, [&owner] { owner.connection_.interrupt(); }) {
  owner_.stop_ = std::move(stop);
  owner_.deadline_ = deadline;
  owner_.lock_deadline_.reset();
  owner_.connection_.set_step_limit(max_steps);
}

ReadingConnection::Watch::~Watch() {
  owner_.stop_ = {};
  owner_.deadline_ = Deadline::never();
  owner_.connection_.set_step_limit(0);
}

Status ReadingConnection::Watch::check() const {
  if (owner_.stop_.stop_requested()) return make_error(ErrorCode::cancelled, "Stopped on request");
  if (owner_.deadline_.passed()) {
    return make_error(ErrorCode::timeout, "The statement took longer than is allowed",
                      "Ask for less, or allow more time.");
  }
  return {};
}

Status ReadingConnection::Watch::check_unchanged() const {
  if (!owner_.connection_.reads_without_locks() ||
      stamp_ == file_stamp(owner_.connection_.path())) {
    return {};
  }
  return make_error(ErrorCode::conflict,
                    fmt::format("{} was changed by another program while it was read",
                                text::to_valid_utf8(owner_.connection_.path().string())),
                    "Ask again.");
}

Error ReadingConnection::Watch::explain(Error error) const {
  // A lock that is given up because of a stop is a stop, not a conflict.
  if (error.code == ErrorCode::cancelled || error.code == ErrorCode::conflict) {
    if (Status status = check(); !status) return status.error();
    if (owner_.connection_.step_limit_was_hit()) {
      return make_error(ErrorCode::timeout, "The statement needed more steps than are allowed",
                        "Ask for less, or allow more.");
    }
  }
  return error;
}

}  // namespace idi::db_sqlite
