#include "idi/sqlite/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "access.hpp"
#include "confined_vfs.hpp"
#include "error_mapping.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "interruptible_functions.hpp"
#include "memory_watch.hpp"
#include "work_monitor.hpp"

namespace idi::sqlite {

// Behind a pointer: SQLite keeps its address as the context of the callbacks.
struct Connection::State {
  sqlite3* database = nullptr;
  std::filesystem::path path;
  Authorizer authorizer;
  std::string refusal;  ///< What the authorizer refused last, in words.
  std::function<bool()> keep_waiting;
  WorkMonitor monitor;
  int steps_between_progress = 0;
  std::int64_t steps = 0, step_limit = 0;

  [[nodiscard]] bool step_limit_was_hit() const { return step_limit > 0 && steps > step_limit; }

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    const MonitorScope scope(&monitor);
    sqlite3_close_v2(database);
  }

  [[nodiscard]] std::string name() const { return text::to_valid_utf8(path.string()); }
  /// The main file; nullptr if it is not open.
  [[nodiscard]] sqlite3_file* file() const;
  [[nodiscard]] Error error(int code) const { return error_of(code, database, name()); }
};

namespace {

/// A statement of a hundred lines can name common table expressions that double each other forty
/// times; its compiled form would fill any memory, and the parser cannot be interrupted.
constexpr std::int64_t max_compile_bytes = 64 << 20;

class CompileMemory {
 public:
  explicit CompileMemory(WorkMonitor& monitor)
      : monitor_(monitor), limit_(monitor.max_memory_bytes) {
    monitor_.max_memory_bytes = std::min(limit_, monitor_.memory_bytes + max_compile_bytes);
  }
  ~CompileMemory() { monitor_.max_memory_bytes = limit_; }
  CompileMemory(const CompileMemory&) = delete;
  CompileMemory& operator=(const CompileMemory&) = delete;

 private:
  WorkMonitor& monitor_;
  std::int64_t limit_;
};

std::string_view view_of(const char* text) { return text != nullptr ? text : ""; }

int open_flags(OpenMode mode) {
  // NOMUTEX: one thread at a time is the contract of a Connection.
  constexpr int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case OpenMode::read_only:
      return common | SQLITE_OPEN_READONLY;
    case OpenMode::read_write:
      return common | SQLITE_OPEN_READWRITE;
    case OpenMode::create:
      break;
  }
  return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

// A path as an SQLite URI, so that "?" and "%" in file names mean themselves.
std::string uri_of(const std::filesystem::path& path, const OpenOptions& options) {
  std::string uri = "file:";
  const std::string absolute = std::filesystem::absolute(path).string();
  for (const char c : absolute) {
    if (c == '%' || c == '?' || c == '#') {
      uri += fmt::format("%{:02X}", static_cast<unsigned>(c));
    } else {
      uri += c;
    }
  }
  if (options.immutable) {
    uri += "?immutable=1";
  } else if (options.confined) {
    uri += "?readonly_shm=1";
  }
  return uri;
}

}  // namespace

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(const std::filesystem::path& path, const OpenOptions& options) {
  install_memory_watch();
  auto state = std::make_unique<State>();
  const MonitorScope scope(&state->monitor);
  state->path = path;
  std::error_code status_error;
  const auto status = std::filesystem::status(path, status_error);
  if (options.mode != OpenMode::create && status.type() == std::filesystem::file_type::not_found) {
    return make_error(ErrorCode::not_found, fmt::format("There is no file {}", state->name()),
                      "Check the path.");
  }
  if (std::filesystem::is_directory(status)) {
    return make_error(ErrorCode::unreadable, fmt::format("{} is a folder", state->name()),
                      "Name the database file in it.");
  }
  const char* vfs = nullptr;
  if (options.confined) {
    IDI_ASSERT(options.mode == OpenMode::read_only);
    if (const int code = register_confined_vfs(); code != SQLITE_OK) return state->error(code);
    vfs = confined_vfs_name;
  }
  const int code = sqlite3_open_v2(uri_of(path, options).c_str(), &state->database,
                                   open_flags(options.mode), vfs);
  if (code != SQLITE_OK) return state->error(code);
  return Connection(std::move(state));
}

Result<Statement> Connection::prepare(std::string_view sql) {
  // SQLite would stop at a NUL and never see the rest.
  if (sql.find('\0') != std::string_view::npos) {
    return make_error(ErrorCode::sql_rejected, "The statement contains a NUL character");
  }
  if (sql.size() > 1'000'000'000) {
    return make_error(ErrorCode::limit_exceeded, "The statement is too long");
  }
  const MonitorScope scope(&state_->monitor);
  const CompileMemory memory(state_->monitor);
  state_->monitor.begin();
  std::optional<Statement> found;
  const char* rest = sql.data();
  const char* const end = sql.data() + sql.size();
  while (rest < end) {
    sqlite3_stmt* raw = nullptr;
    state_->refusal.clear();
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v3(state_->database, rest, static_cast<int>(end - rest), 0, &raw, &tail);
    Statement statement(raw, &state_->monitor);
    if (found.has_value() && (code != SQLITE_OK || raw != nullptr)) {
      return make_error(ErrorCode::sql_rejected, "There is more than one statement");
    }
    if (code != SQLITE_OK && !state_->refusal.empty()) {
      return make_error(ErrorCode::refused, fmt::format("Not allowed here: {}", state_->refusal));
    }
    if (state_->monitor.stopped_allocation) return state_->error(SQLITE_INTERRUPT);
    if (code != SQLITE_OK) return state_->error(code);
    if (raw != nullptr) found = std::move(statement);
    if (tail == nullptr || tail == rest) break;
    rest = tail;
  }
  if (!found.has_value()) return make_error(ErrorCode::sql_rejected, "The statement is empty");
  return std::move(*found);
}

Status Connection::execute(std::string_view script) {
  const MonitorScope scope(&state_->monitor);
  const int code =
      sqlite3_exec(state_->database, std::string(script).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return state_->error(code);
  return {};
}

void Connection::interrupt() noexcept { sqlite3_interrupt(state_->database); }

void Connection::set_authorizer(Authorizer authorizer) {
  state_->authorizer = std::move(authorizer);
  const auto ask = [](void* context, int code, const char* first, const char* second,
                      const char* database, const char*) -> int {
    auto& state = *static_cast<State*>(context);
    const Access access{action_of(code), code, view_of(first), view_of(second), view_of(database)};
    if (state.authorizer(access)) return SQLITE_OK;
    state.refusal = text::to_valid_utf8(describe(access));
    return SQLITE_DENY;
  };
  sqlite3_set_authorizer(state_->database, state_->authorizer ? +ask : nullptr, state_.get());
}

void Connection::set_progress(int instructions, std::function<bool()> should_stop) {
  state_->monitor.should_stop = std::move(should_stop);
  state_->steps_between_progress = instructions;
  const auto ask = [](void* context) -> int {
    auto& state = *static_cast<State*>(context);
    state.steps += state.steps_between_progress;
    return state.step_limit_was_hit() || state.monitor.stop_now() ? 1 : 0;
  };
  sqlite3_progress_handler(state_->database, instructions,
                           state_->monitor.should_stop ? +ask : nullptr, state_.get());
}

void Connection::set_step_limit(std::int64_t steps) {
  state_->steps = 0;
  state_->step_limit = steps;
}

bool Connection::step_limit_was_hit() const { return state_->step_limit_was_hit(); }

std::int64_t Connection::steps_taken() const { return state_->steps; }

void Connection::set_busy_handler(std::function<bool()> keep_waiting) {
  state_->keep_waiting = std::move(keep_waiting);
  const auto ask = [](void* context, int) -> int {
    return static_cast<State*>(context)->keep_waiting() ? 1 : 0;
  };
  sqlite3_busy_handler(state_->database, state_->keep_waiting ? +ask : nullptr, state_.get());
}

void Connection::set_limits(const StatementLimits& limits) {
  const std::array<std::pair<int, int>, 9> values{{
      {SQLITE_LIMIT_LENGTH, limits.max_cell_bytes},
      {SQLITE_LIMIT_SQL_LENGTH, limits.max_statement_bytes},
      {SQLITE_LIMIT_COLUMN, limits.max_columns},
      {SQLITE_LIMIT_EXPR_DEPTH, limits.max_expression_depth},
      {SQLITE_LIMIT_COMPOUND_SELECT, limits.max_compound_selects},
      {SQLITE_LIMIT_VDBE_OP, limits.max_program_steps},
      {SQLITE_LIMIT_FUNCTION_ARG, limits.max_function_arguments},
      {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, limits.max_like_pattern_bytes},
      {SQLITE_LIMIT_ATTACHED, limits.max_attached},
  }};
  for (const auto& [limit, value] : values) sqlite3_limit(state_->database, limit, value);
  sqlite3_limit(state_->database, SQLITE_LIMIT_WORKER_THREADS, 0);
}

void Connection::set_max_memory_bytes(std::int64_t bytes) {
  state_->monitor.max_memory_bytes = bytes;
}

void Connection::set_max_temporary_bytes(std::int64_t bytes) {
  state_->monitor.max_temporary_bytes = bytes;
}

Status Connection::use_interruptible_functions() {
  if (const int code = add_interruptible_functions(state_->database); code != SQLITE_OK) {
    return state_->error(code);
  }
  return {};
}

Status Connection::harden() {
  const std::array<std::pair<int, int>, 6> settings{{
      {SQLITE_DBCONFIG_DEFENSIVE, 1},
      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
      {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
  }};
  for (const auto& [setting, value] : settings) {
    int now = -1;
    const int code = sqlite3_db_config(state_->database, setting, value, &now);
    if (code != SQLITE_OK || now != value) return state_->error(code);
  }
  return execute(
      "PRAGMA query_only=1; PRAGMA cell_size_check=1; PRAGMA mmap_size=0; PRAGMA "
      "temp_store=FILE");
}

sqlite3_file* Connection::State::file() const {
  sqlite3_file* found = nullptr;
  const int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &found);
  const bool open = code == SQLITE_OK && found != nullptr && found->pMethods != nullptr;
  return open ? found : nullptr;
}

bool Connection::reads_without_locks() const {
  sqlite3_file* file = state_->file();
  return file != nullptr && sqlite::reads_without_locks(file);
}

Result<std::string> Connection::read_raw(std::int64_t offset, std::size_t size) {
  sqlite3_file* file = state_->file();
  if (file == nullptr) return state_->error(SQLITE_CANTOPEN);
  sqlite3_int64 file_size = 0;
  int code = file->pMethods->xFileSize(file, &file_size);
  if (code != SQLITE_OK) return state_->error(code);
  const std::int64_t there = std::clamp<std::int64_t>(file_size - offset, 0, std::int64_t(size));
  std::string bytes(static_cast<std::size_t>(there), '\0');
  if (there > 0) code = file->pMethods->xRead(file, bytes.data(), int(there), offset);
  // The file may have been cut short between the two calls: zeros then.
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return state_->error(code);
  return bytes;
}

std::int64_t Connection::last_insert_rowid() const {
  return sqlite3_last_insert_rowid(state_->database);
}

const std::filesystem::path& Connection::path() const { return state_->path; }

namespace {
std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result + quote;
}
}  // namespace

std::string quote_identifier(std::string_view name) { return quoted(name, '"'); }
std::string quote_text(std::string_view text) { return quoted(text, '\''); }

void set_process_heap_limit(std::int64_t bytes) {
  install_memory_watch();
  sqlite3_hard_heap_limit64(bytes);
}

}  // namespace idi::sqlite
