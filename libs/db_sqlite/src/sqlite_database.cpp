#include "idi/db_sqlite/sqlite_database.hpp"

#include <fmt/format.h>

#include <chrono>
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

// Holds no connection: every call opens its own, which makes it usable from several threads.
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
    IDI_TRY(const auto reading, open(stop, limits.deadline));
    const DistinctLimits distinct{max_values, max_bytes, limits.max_result_bytes, limits.deadline};
    return distinct_texts(*reading, schema.table_of(column).name, schema.column(column).name,
                          distinct, std::move(stop));
  }

 private:
  [[nodiscard]] Result<std::unique_ptr<ReadingConnection>> open(std::stop_token stop,
                                                                Deadline deadline) const {
    IDI_CHECK(check_file(path_));
    return ReadingConnection::open(path_, options_, may_introspect, std::move(stop), deadline);
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
