// db::Connection over a ReadingConnection.
#pragma once

#include <memory>
#include <utility>

#include "idi/db/database.hpp"
#include "reading_connection.hpp"

namespace idi::db_sqlite {

class SqliteConnection final : public db::Connection, private sql::StatementInspector {
 public:
  static Result<std::unique_ptr<db::Connection>> open(const std::filesystem::path& path,
                                                      const SqliteOptions& options);

  sql::StatementInspector& inspector() override { return *this; }
  Result<db::ExecutionSummary> execute(const sql::ApprovedStatement& statement,
                                       const db::ExecutionLimits& limits, std::stop_token stop,
                                       db::RowSink& sink) override;

 private:
  explicit SqliteConnection(std::unique_ptr<ReadingConnection> reading)
      : reading_(std::move(reading)) {}
  Status inspect(std::string_view statement) override;
  /// Compiled under the authorizer, and SQLite agrees that it only reads.
  Result<sqlite::Statement> prepare_reading(std::string_view statement);

  std::unique_ptr<ReadingConnection> reading_;
};

}  // namespace idi::db_sqlite
