#include "sqlite_connection.hpp"

#include <chrono>
#include <string>
#include <vector>

#include "access_policy.hpp"

namespace idi::db_sqlite {
namespace {

constexpr std::chrono::seconds inspection_timeout{2};

std::int64_t bytes_of_row(const sqlite::Statement& statement) {
  std::int64_t bytes = 0;
  for (int column = 0; column < statement.column_count(); ++column) {
    switch (statement.type(column)) {
      case sqlite::CellType::text:
      case sqlite::CellType::blob:
        bytes += statement.byte_count(column);
        break;
      case sqlite::CellType::integer:
      case sqlite::CellType::real:
        bytes += 8;
        break;
      case sqlite::CellType::null:
        bytes += 1;
        break;
    }
  }
  return bytes;
}

}  // namespace

Result<std::unique_ptr<db::Connection>> SqliteConnection::open(const std::filesystem::path& path,
                                                               const SqliteOptions& options) {
  IDI_TRY(auto reading, ReadingConnection::open(path, options, may_question));
  return std::unique_ptr<db::Connection>(new SqliteConnection(std::move(reading)));
}

Result<sqlite::Statement> SqliteConnection::prepare_reading(std::string_view text) {
  IDI_TRY(sqlite::Statement statement, reading_->handle().prepare(text));
  if (!statement.read_only() || statement.is_explain() || statement.column_count() == 0) {
    return make_error(ErrorCode::refused, "Only a query that reads data may run here",
                      "Write one SELECT statement.");
  }
  if (statement.parameter_count() != 0) {
    return make_error(ErrorCode::sql_rejected, "The statement has parameters without values",
                      "Write the values into the statement.");
  }
  return statement;
}

Status SqliteConnection::inspect(std::string_view statement) {
  const ReadingConnection::Watch watch(*reading_, {}, Deadline::after(inspection_timeout));
  const auto prepared = prepare_reading(statement);
  if (!prepared) return watch.explain(prepared.error());
  return {};
}

Result<db::ExecutionSummary> SqliteConnection::execute(const sql::ApprovedStatement& approved,
                                                       const db::ExecutionLimits& limits,
                                                       std::stop_token stop, db::RowSink& sink) {
  const ReadingConnection::Watch watch(*reading_, std::move(stop), limits.deadline,
                                       limits.max_steps);
  IDI_CHECK(watch.check());
  auto prepared = prepare_reading(approved.sql());
  if (!prepared) return watch.explain(prepared.error());
  sqlite::Statement& statement = *prepared;

  const int columns = statement.column_count();
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(columns));
  for (int column = 0; column < columns; ++column) names.push_back(statement.column_name(column));
  db::ExecutionSummary summary;
  if (!sink.on_columns(names)) return summary;

  for (;;) {
    const auto row_there = statement.step();
    if (!row_there) return watch.explain(row_there.error());
    if (!*row_there) break;
    // A sink that is slow, or rows that cost nothing to make, must not outlast the deadline.
    IDI_CHECK(watch.check());
    const std::int64_t bytes = bytes_of_row(statement);
    if (summary.rows >= limits.max_rows || summary.bytes + bytes > limits.max_result_bytes) {
      summary.truncated = true;
      break;
    }
    Row row;
    row.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) row.push_back(statement.value(column));
    ++summary.rows;
    summary.bytes += bytes;
    if (!sink.on_row(std::move(row))) break;
  }
  IDI_CHECK(watch.check_unchanged());
  summary.steps = reading_->handle().steps_taken();
  return summary;
}

}  // namespace idi::db_sqlite
