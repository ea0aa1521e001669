// A database that is asked questions: introspection and read-only execution, one interface for all
// engines. Rows stream; every limit is enforced by the adapter; a stop ends the running statement.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/sql/guard.hpp"

namespace idi::db {

/// What one execution may cost. All are enforced; hitting rows or bytes truncates, time is an
/// error.
struct ExecutionLimits {
  std::int64_t max_rows = 100'000;
  std::int64_t max_result_bytes = 64 << 20;
  Deadline deadline = Deadline::after(std::chrono::seconds(30));
  /// In the database's own steps, where it counts them (SQLite: instructions of its virtual
  /// machine); 0: any number. More is `timeout`. Unlike time it is the same on every machine.
  std::int64_t max_steps = 0;
};

/// Receives a result as it is produced. Returning false ends the statement (not an error).
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual bool on_columns(const std::vector<std::string>& names) = 0;
  virtual bool on_row(Row&& row) = 0;
};

struct ExecutionSummary {
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  bool truncated = false;
  std::int64_t steps = 0;  ///< As ExecutionLimits::max_steps counts them; 0 where nobody does.
};

/// One connection. Not thread-safe: one thread at a time, but stop tokens may fire on any thread.
class Connection {
 public:
  virtual ~Connection() = default;
  /// For the guard.
  [[nodiscard]] virtual sql::StatementInspector& inspector() = 0;
  /// Errors: sql_rejected, timeout, cancelled, io_failed, unreadable. A stop request or the passed
  /// deadline ends the statement within 100 ms.
  [[nodiscard]] virtual Result<ExecutionSummary> execute(const sql::ApprovedStatement& statement,
                                                         const ExecutionLimits& limits,
                                                         std::stop_token stop, RowSink& sink) = 0;
};

class Database {
 public:
  virtual ~Database() = default;
  /// Tables, views, columns, keys, comments, samples, row estimates.
  [[nodiscard]] virtual Result<Schema> introspect(std::stop_token stop) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<Connection>> connect() = 0;
  /// Changes when the schema or the data changes; cheap. Keys caches (the value index).
  [[nodiscard]] virtual Result<std::string> fingerprint() = 0;
  /// Up to max_values distinct text values of a column, most frequent kept if it must be cut,
  /// each at most max_bytes long. Feeds the value index.
  [[nodiscard]] virtual Result<std::vector<std::string>> distinct_text_values(
      ColumnRef column, const Schema& schema, std::int64_t max_values, std::int64_t max_bytes,
      const ExecutionLimits& limits, std::stop_token stop) = 0;
};

/// Convenience: guard + execute + collect.
[[nodiscard]] Result<ResultTable> run_query(Connection& connection, Dialect dialect,
                                            std::string_view sql, const ExecutionLimits& limits,
                                            std::stop_token stop = {});

}  // namespace idi::db
