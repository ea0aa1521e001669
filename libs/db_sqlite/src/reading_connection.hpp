// A hardened read-only connection whose statements end when a stop is requested or a deadline
// passes. Both the question's connection and introspection are built on it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "deadline_alarm.hpp"
#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::db_sqlite {

class ReadingConnection {
 public:
  using Policy = bool (*)(const sqlite::Access&);
  /// Reads the schema already: a stop or the deadline end waiting for a writer's lock.
  static Result<std::unique_ptr<ReadingConnection>> open(const std::filesystem::path& path,
                                                         const SqliteOptions& options,
                                                         Policy policy, std::stop_token stop = {},
                                                         Deadline deadline = Deadline::never());
  ReadingConnection(const ReadingConnection&) = delete;
  ReadingConnection& operator=(const ReadingConnection&) = delete;

  [[nodiscard]] sqlite::Connection& handle() { return connection_; }

  /// While one is alive, statements of this connection end at the stop or the deadline.
  class Watch {
   public:
    /// `max_steps` as db::ExecutionLimits has it.
    Watch(ReadingConnection& owner, std::stop_token stop, Deadline deadline,
          std::int64_t max_steps = 0);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    /// The error of a statement, said better: which of stop, deadline or limit ended it.
    [[nodiscard]] Error explain(Error error) const;
    /// cancelled or timeout if it is time to stop.
    [[nodiscard]] Status check() const;
    /// At the end of a statement: conflict if the file changed while it was read without locks.
    [[nodiscard]] Status check_unchanged() const;

   private:
    ReadingConnection& owner_;
    std::string stamp_;
    std::stop_callback<std::function<void()>> on_stop_;
    DeadlineAlarm on_deadline_;
  };

 private:
  ReadingConnection(sqlite::Connection connection, const SqliteOptions& options)
      : connection_(std::move(connection)), options_(options) {}
  [[nodiscard]] Status prepare_for_reading();
  [[nodiscard]] bool should_stop() const;
  [[nodiscard]] bool keep_waiting();

  sqlite::Connection connection_;
  SqliteOptions options_;
  std::stop_token stop_;
  Deadline deadline_ = Deadline::never();
  std::optional<Deadline> lock_deadline_;
};

}  // namespace idi::db_sqlite
