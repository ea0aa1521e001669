// One connection to a SQLite file: opening, statements, and the hooks that make it safe to run
// foreign SQL (authorizer, limits, progress). sqlite3.h stays inside this room.
// One thread at a time, except interrupt().
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/sqlite/statement.hpp"

struct sqlite3;

namespace idi::sqlite {

enum class OpenMode : std::uint8_t { read_only, read_write, create };

struct OpenOptions {
  OpenMode mode = OpenMode::read_only;
  /// Promise that nobody changes the file: no locks, no -wal, works on read-only media.
  bool immutable = false;
  /// With read_only: through a file layer that cannot write or create anything but temporary files
  /// (docs/decisions/0010), not even the -wal and -shm files that SQLite makes for readers.
  bool confined = false;
};

/// What a statement wants to do, as SQLite's compiler asks the authorizer (sqlite3_set_authorizer).
enum class Action : std::uint8_t { select, read, function, recursive, pragma, other };
struct Access {
  Action action = Action::other;
  int engine_code = 0;        ///< SQLite's own number of the action.
  std::string_view subject;   ///< read: table; function: empty; pragma: its name.
  std::string_view object;    ///< read: column; function: its name; pragma: its argument.
  std::string_view database;  ///< "main", "temp" or empty.
};
/// In words, e.g. "DELETE on orders": for error messages.
[[nodiscard]] std::string describe(const Access& access);

/// SQLite's run-time limits (sqlite3_limit); larger values than SQLite was built with are lowered.
struct StatementLimits {
  int max_cell_bytes = 16 << 20;  ///< Of any text or blob, stored or computed, and of a row.
  int max_statement_bytes = 1'000'000;
  int max_columns = 2'000;
  int max_expression_depth = 1'000;
  int max_compound_selects = 500;
  int max_program_steps = 5'000'000;
  int max_function_arguments = 100;
  int max_like_pattern_bytes = 5'000;
  int max_attached = 0;
};

class Connection {
 public:
  /// Errors: not_found, unreadable, io_failed, conflict. Opening reads nothing: a file that is not
  /// a database shows at the first statement.
  [[nodiscard]] static Result<Connection> open(const std::filesystem::path& path,
                                               const OpenOptions& options);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Exactly one statement; blanks, comments and semicolons may follow it.
  /// Errors: sql_rejected (does not parse, nothing there, more than one), refused (authorizer), …
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);
  /// Runs a script of our own: any number of statements, rows are dropped.
  Status execute(std::string_view script);

  /// Ends the running statement with ErrorCode::cancelled. Any thread.
  void interrupt() noexcept;

  /// Asked for every access of every statement prepared from now on; false refuses it.
  using Authorizer = std::function<bool(const Access&)>;
  void set_authorizer(Authorizer authorizer);
  /// Called about every `instructions` virtual-machine steps (confined: also at every read and
  /// write of a page); true ends the statement.
  void set_progress(int instructions, std::function<bool()> should_stop);
  /// Ends statements with ErrorCode::cancelled once they took about so many steps together from now
  /// on; 0: any number. Counted where set_progress() asks, so it needs that. Unlike time, the same
  /// statement over the same file always takes the same number.
  void set_step_limit(std::int64_t steps);
  [[nodiscard]] bool step_limit_was_hit() const;
  /// Since set_step_limit().
  [[nodiscard]] std::int64_t steps_taken() const;
  /// Called when another connection holds a lock; true waits on, false gives up.
  void set_busy_handler(std::function<bool()> keep_waiting);
  void set_limits(const StatementLimits& limits);
  /// What this connection's statements may allocate; more gives limit_exceeded.
  void set_max_memory_bytes(std::int64_t bytes);
  /// Of all temporary files of this connection together. REQUIRES: confined.
  void set_max_temporary_bytes(std::int64_t bytes);
  /// Replaces like, glob, instr, replace, trim and printf by versions of which no call runs for
  /// long, on texts of any length (SQLite's own take time in the square of the length, and cannot
  /// be interrupted).
  Status use_interruptible_functions();
  /// For files and statements from strangers: DEFENSIVE, untrusted schema, no extensions, no
  /// triggers, no checkpoint at closing, cells of corrupt pages checked.
  Status harden();

  /// Bytes of the main file past all caching; fewer at its end. Reads through SQLite's own file
  /// handle: opening and closing the file beside SQLite would drop this process's locks on it.
  [[nodiscard]] Result<std::string> read_raw(std::int64_t offset, std::size_t size);

  /// True if the last statement read a WAL-mode file that no program had open, so that there were
  /// no locks to take. If the file changed since, its rows may be wrong. REQUIRES: confined.
  [[nodiscard]] bool reads_without_locks() const;

  [[nodiscard]] std::int64_t last_insert_rowid() const;
  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// "name" with inner quotes doubled: safe in any statement.
[[nodiscard]] std::string quote_identifier(std::string_view name);
/// 'text' with inner quotes doubled.
[[nodiscard]] std::string quote_text(std::string_view text);

/// All memory of SQLite in this process; a statement that needs more gets limit_exceeded.
void set_process_heap_limit(std::int64_t bytes);

}  // namespace idi::sqlite
