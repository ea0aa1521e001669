#include "idi/db_sqlite/sqlite_database.hpp"

#include <fmt/format.h>

#include <chrono>
#include <mutex>
#include <string>
#include <utility>

#include "access_policy.hpp"
#include "distinct_values.hpp"
#include "file_probe.hpp"
#include "fnv_hash.hpp"
#include "introspection.hpp"
#include "reading_connection.hpp"
#include "sqlite_connection.hpp"

namespace idi::db_sqlite {
namespace {

// Every call uses a connection of its own, which makes it usable from several threads. One is kept
// for the next call: opening reads the whole schema, and an index of the values asks for them
// column by column.
class SqliteDatabase final : public db::Database {
 public:
  SqliteDatabase(std::filesystem::path path, const SqliteOptions& options)
      : path_(std::move(path)), options_(options) {}

  Result<Schema> introspect(std::stop_token stop) override {
    const Deadline deadline =
        Deadline::after(std::chrono::milliseconds(options_.introspection_timeout_ms));
    IDI_TRY(const auto reading, open(stop, deadline));
    return db_sqlite::introspect(*reading, options_, std::move(stop));
  }

  Result<std::unique_ptr<db::Connection>> connect() override {
    IDI_CHECK(check_file(path_));
    return SqliteConnection::open(path_, options_);
  }

  Result<std::string> fingerprint() override {
    const Deadline deadline =
        Deadline::after(std::chrono::milliseconds(options_.introspection_timeout_ms));
    IDI_TRY(const auto reading, open({}, deadline));
    const ReadingConnection::Watch watch(*reading, {}, deadline);
    IDI_TRY(const std::string content, file_fingerprint(reading->handle()));
    IDI_TRY(const std::uint64_t schema, schema_hash(reading->handle()));
    return fmt::format("sqlite-{}-{:016x}", content, schema);
  }

  Result<std::vector<std::string>> distinct_text_values(ColumnRef column, const Schema& schema,
                                                        std::int64_t max_values,
                                                        std::int64_t max_bytes,
                                                        const db::ExecutionLimits& limits,
                                                        std::stop_token stop) override {
    IDI_TRY(auto kept, take_idle(stop, limits.deadline));
    const DistinctLimits distinct{max_values, max_bytes, limits.max_result_bytes, limits.deadline};
    auto values = distinct_texts(*kept.reading, schema.table_of(column).name,
                                 schema.column(column).name, distinct, std::move(stop));
    if (values) put_idle(std::move(kept));
    return values;
  }

 private:
  [[nodiscard]] Result<std::unique_ptr<ReadingConnection>> open(std::stop_token stop,
                                                                Deadline deadline) const {
    IDI_CHECK(check_file(path_));
    return ReadingConnection::open(path_, options_, may_introspect, std::move(stop), deadline);
  }

  struct IdleReading {
    std::unique_ptr<ReadingConnection> reading;
    std::string stamp;  ///< Of the file that was opened: another may have its name by now.
  };

  Result<IdleReading> take_idle(std::stop_token stop, Deadline deadline) {
    std::string stamp = file_stamp(path_);
    {
      const std::lock_guard lock(mutex_);
      if (idle_.reading && idle_.stamp == stamp) return std::exchange(idle_, {});
    }
    IDI_TRY(auto reading, open(std::move(stop), deadline));
    return IdleReading{std::move(reading), std::move(stamp)};
  }
  void put_idle(IdleReading reading) {
    const std::lock_guard lock(mutex_);
    idle_ = std::move(reading);
  }

  static Result<std::uint64_t> schema_hash(sqlite::Connection& connection) {
    FnvHash hash;
    IDI_TRY(sqlite::Statement statement,
            connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY rowid"));
    for (;;) {
      IDI_TRY(const bool row, statement.step());
      if (!row) return hash.value();
      for (int column = 0; column < 3; ++column) hash.add(statement.text(column));
    }
  }

  std::filesystem::path path_;
  SqliteOptions options_;
  std::mutex mutex_;
  IdleReading idle_;  ///< Guarded by mutex_.
};

}  // namespace

Result<std::unique_ptr<db::Database>> open_sqlite_database(const std::filesystem::path& path,
                                                           const SqliteOptions& options) {
  IDI_CHECK(check_file(path));
  IDI_TRY(const auto reading, ReadingConnection::open(path, options, may_introspect));
  std::error_code absolute_error;
  std::filesystem::path absolute = std::filesystem::absolute(path, absolute_error);
  return std::unique_ptr<db::Database>(
      std::make_unique<SqliteDatabase>(absolute_error ? path : std::move(absolute), options));
}

}  // namespace idi::db_sqlite
