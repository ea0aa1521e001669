#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/db/collecting_sink.hpp"
#include "idi/db/database.hpp"

namespace idi::db {
namespace {

using testing::ElementsAre;

/// Has one row per entry of `rows`, and refuses at inspection what it is told to.
class FakeConnection final : public Connection, private sql::StatementInspector {
 public:
  sql::StatementInspector& inspector() override { return *this; }
  Result<ExecutionSummary> execute(const sql::ApprovedStatement& statement,
                                   const ExecutionLimits& limits, std::stop_token,
                                   RowSink& sink) override {
    executed.push_back(statement.sql());
    if (failure) return *failure;
    ExecutionSummary summary;
    if (!sink.on_columns({"x"})) return summary;
    for (const std::int64_t value : rows) {
      if (summary.rows == limits.max_rows) {
        summary.truncated = true;
        break;
      }
      ++summary.rows;
      if (!sink.on_row({value})) break;
    }
    return summary;
  }
  Status inspect(std::string_view) override {
    if (objection) return *objection;
    return {};
  }

  std::vector<std::int64_t> rows{1, 2, 3};
  std::optional<Error> objection;
  std::optional<Error> failure;
  std::vector<std::string> executed;
};

TEST(RunQuery, CollectsColumnsAndRows) {
  FakeConnection connection;
  auto table = run_query(connection, Dialect::sqlite, "SELECT x FROM t", {});
  ASSERT_TRUE(table) << table.error().to_text();
  EXPECT_THAT(table->columns, ElementsAre("x"));
  EXPECT_EQ(table->rows,
            (std::vector<Row>{{std::int64_t{1}}, {std::int64_t{2}}, {std::int64_t{3}}}));
  EXPECT_FALSE(table->truncated);
  EXPECT_THAT(connection.executed, ElementsAre("SELECT x FROM t"));
}

TEST(RunQuery, TellsThatRowsAreMissing) {
  FakeConnection connection;
  ExecutionLimits limits;
  limits.max_rows = 2;
  const auto table = run_query(connection, Dialect::sqlite, "SELECT x FROM t", limits);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows.size(), 2U);
  EXPECT_TRUE(table->truncated);
}

TEST(RunQuery, RunsNothingThatTheGuardRefuses) {
  FakeConnection connection;
  auto table = run_query(connection, Dialect::sqlite, "DELETE FROM t", {});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::refused);
  connection.objection = make_error(ErrorCode::sql_rejected, "no such table: t");
  table = run_query(connection, Dialect::sqlite, "SELECT x FROM t", {});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::sql_rejected);
  EXPECT_TRUE(connection.executed.empty());
}

TEST(RunQuery, PassesErrorsOn) {
  FakeConnection connection;
  connection.failure = make_error(ErrorCode::timeout, "too slow");
  const auto table = run_query(connection, Dialect::sqlite, "SELECT x FROM t", {});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::timeout);
}

TEST(CollectingSink, IsEmptyAfterTaking) {
  CollectingSink sink;
  sink.on_columns({"a"});
  sink.on_row({std::int64_t{1}});
  EXPECT_EQ(sink.take().rows.size(), 1U);
  EXPECT_TRUE(sink.take().columns.empty());
}

}  // namespace
}  // namespace idi::db
