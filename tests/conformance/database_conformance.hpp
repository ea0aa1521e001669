// What every db::Database must do, as one suite. An adapter's test includes this header, makes a
// ConformanceSubject and instantiates DatabaseConformance with it:
//
//   INSTANTIATE_TEST_SUITE_P(Sqlite, DatabaseConformance, testing::Values(&sqlite_subject));
//
// See README.md beside this file.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "idi/db/collecting_sink.hpp"
#include "idi/db/database.hpp"
#include "test_statements.hpp"

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define IDI_CONFORMANCE_IS_SLOW
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define IDI_CONFORMANCE_IS_SLOW
#endif
#endif

namespace idi::conformance {

/// What the interface promises; sanitizers make every call of the library several times slower.
#ifdef IDI_CONFORMANCE_IS_SLOW
inline constexpr std::chrono::milliseconds reaction_time{1000};
#else
inline constexpr std::chrono::milliseconds reaction_time{100};
#endif

/// The tables and rows that a subject's database holds, in SQL that every engine takes. `{text}`,
/// `{integer}`, `{real}` and `{date}` stand for the engine's types.
///   authors(author_id, name, country) · books(book_id, title, author_id → authors, price,
///   published_on) · "order lines"(line no, book id → books, quantity), a name with a blank and a
///   reserved word; long_books, a view.
[[nodiscard]] inline std::vector<std::string> standard_statements() {
  return {
      "CREATE TABLE authors (author_id {integer} PRIMARY KEY, name {text} NOT NULL, country "
      "{text})",
      "CREATE TABLE books (book_id {integer} PRIMARY KEY, title {text} NOT NULL, author_id "
      "{integer} REFERENCES authors (author_id), price {real}, published_on {date})",
      "CREATE TABLE \"order lines\" (\"line no\" {integer} PRIMARY KEY, \"select\" {integer} "
      "REFERENCES books (book_id), quantity {integer})",
      "CREATE VIEW long_books AS SELECT title, price FROM books WHERE price > 20",
      "INSERT INTO authors VALUES (1, 'Ada Müller', 'Germany'), (2, 'Bao Ng', 'Viet Nam'), "
      "(3, 'Caro O''Neill', NULL)",
      "INSERT INTO books VALUES (1, 'Rivers', 1, 12.5, '2020-03-01'), (2, 'Mountains', 1, 30, "
      "'2021-07-15'), (3, 'Seas', 2, 22.25, NULL), (4, 'Rivers', 2, NULL, '2019-12-31')",
      "INSERT INTO \"order lines\" VALUES (1, 1, 2), (2, 1, 1), (3, 3, 5)",
  };
}

/// One adapter under test. Lives as long as the tests.
class ConformanceSubject {
 public:
  virtual ~ConformanceSubject() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual Dialect dialect() const = 0;
  /// A fresh database that holds the standard tables and rows.
  [[nodiscard]] virtual Result<std::unique_ptr<db::Database>> open() = 0;
  /// Changes the data of the last database that was opened, by another way than the adapter.
  virtual void run_as_owner(const std::string& statement) = 0;
  /// SELECT statements that run until they are stopped.
  [[nodiscard]] virtual std::vector<std::string> endless_statements() const = 0;
  /// Statements that write, or reach outside of the data, and that only this engine knows.
  [[nodiscard]] virtual std::vector<std::string> hostile_statements() const = 0;
  /// A SELECT of one row: NULL, the largest 64-bit integer, 0.5, 'text', the bytes 00 FF.
  [[nodiscard]] virtual std::string typed_row() const = 0;
};

class DatabaseConformance : public testing::TestWithParam<ConformanceSubject*> {
 protected:
  using Clock = std::chrono::steady_clock;

  void SetUp() override {
    auto opened = subject().open();
    ASSERT_TRUE(opened) << opened.error().to_text();
    database_ = std::move(*opened);
    auto connected = database_->connect();
    ASSERT_TRUE(connected) << connected.error().to_text();
    connection_ = std::move(*connected);
  }

  static ConformanceSubject& subject() { return *GetParam(); }
  Result<ResultTable> query(const std::string& sql, const db::ExecutionLimits& limits = {}) {
    return db::run_query(*connection_, subject().dialect(), sql, limits);
  }
  std::vector<Row> rows_of(const std::string& sql) {
    auto table = query(sql);
    EXPECT_TRUE(table) << sql << "\n" << (table ? "" : table.error().to_text());
    return table ? table->rows : std::vector<Row>{};
  }
  Result<db::ExecutionSummary> run(const std::string& sql, const db::ExecutionLimits& limits,
                                   std::stop_token stop, db::RowSink& sink) {
    return connection_->execute(forge(sql), limits, std::move(stop), sink);
  }
  Schema schema() {
    auto found = database_->introspect({});
    EXPECT_TRUE(found) << (found ? "" : found.error().to_text());
    return found ? *found : Schema{};
  }

  /// A loaded machine may be late once, not each time.
  static constexpr int attempts = 8;

  std::unique_ptr<db::Database> database_;
  std::unique_ptr<db::Connection> connection_;
};

TEST_P(DatabaseConformance, IntrospectionFindsTablesColumnsAndKeys) {
  const Schema found = schema();
  EXPECT_EQ(found.dialect, subject().dialect());
  ASSERT_TRUE(found.find_table("authors") && found.find_table("books"));
  ASSERT_TRUE(found.find_table("order lines") && found.find_table("long_books"));
  const Table& books = found.tables[static_cast<std::size_t>(*found.find_table("books"))];
  ASSERT_EQ(books.columns.size(), 5U);
  EXPECT_EQ(books.columns[1].name, "title");
  EXPECT_EQ(books.columns[1].type, ColumnType::text);
  EXPECT_FALSE(books.columns[1].nullable);
  EXPECT_EQ(books.columns[3].type, ColumnType::number);
  EXPECT_EQ(books.columns[4].type, ColumnType::time);
  EXPECT_EQ(books.columns[4].natural_name, "published on");
  EXPECT_TRUE(books.columns[0].primary_key);
  EXPECT_FALSE(books.columns[1].primary_key);
  EXPECT_EQ(books.kind, TableKind::table);
  EXPECT_THAT(books.columns[1].sample_values,
              testing::UnorderedElementsAre("Rivers", "Mountains", "Seas"));
  const Table& view = found.tables[static_cast<std::size_t>(*found.find_table("long_books"))];
  EXPECT_EQ(view.kind, TableKind::view);
  EXPECT_EQ(view.columns.size(), 2U);

  std::set<std::string> keys;
  for (const ForeignKey& key : found.foreign_keys) {
    EXPECT_TRUE(key.declared);
    keys.insert(found.table_of(key.from).name + "." + found.column(key.from).name + " > " +
                found.table_of(key.to).name + "." + found.column(key.to).name);
  }
  EXPECT_EQ(keys, (std::set<std::string>{"books.author_id > authors.author_id",
                                         "order lines.select > books.book_id"}));
}

TEST_P(DatabaseConformance, ValuesKeepTheirTypes) {
  const auto rows = rows_of(subject().typed_row());
  ASSERT_EQ(rows.size(), 1U);
  const Row expected{Null{}, std::int64_t{INT64_MAX}, 0.5, std::string("text"),
                     Blob{std::string("\0\xFF", 2)}};
  EXPECT_EQ(rows[0], expected);
}

TEST_P(DatabaseConformance, ColumnsAndRowsComeInOrder) {
  const auto table = query("SELECT title AS t, price FROM books ORDER BY book_id");
  ASSERT_TRUE(table) << table.error().to_text();
  EXPECT_THAT(table->columns, testing::ElementsAre("t", "price"));
  ASSERT_EQ(table->rows.size(), 4U);
  EXPECT_EQ(table->rows[1][0], Value(std::string("Mountains")));
  EXPECT_EQ(table->rows[3][1], Value(Null{}));
  EXPECT_FALSE(table->truncated);
}

TEST_P(DatabaseConformance, QuotedAndReservedNamesCanBeQueried) {
  const auto rows = rows_of("SELECT sum(\"select\" * quantity) FROM \"order lines\"");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0][0], Value(std::int64_t{18}));
}

TEST_P(DatabaseConformance, RowLimitTruncates) {
  db::ExecutionLimits limits;
  limits.max_rows = 3;
  auto table = query("SELECT * FROM books", limits);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows.size(), 3U);
  EXPECT_TRUE(table->truncated);
  limits.max_rows = 4;
  table = query("SELECT * FROM books", limits);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows.size(), 4U);
  EXPECT_FALSE(table->truncated) << "all rows were there";
}

TEST_P(DatabaseConformance, ByteLimitTruncates) {
  db::ExecutionLimits limits;
  limits.max_result_bytes = 16;
  const auto table = query("SELECT title FROM books ORDER BY book_id", limits);
  ASSERT_TRUE(table);
  EXPECT_TRUE(table->truncated);
  EXPECT_EQ(table->rows.size(), 2U) << "Rivers and Mountains are 15 bytes";
}

TEST_P(DatabaseConformance, SinkEndsTheStatement) {
  CountingSink sink(2);
  const auto summary = run("SELECT * FROM books", {}, {}, sink);
  ASSERT_TRUE(summary);
  EXPECT_EQ(sink.rows, 2);
  EXPECT_EQ(summary->rows, 2);
  EXPECT_FALSE(summary->truncated);
  EXPECT_EQ(rows_of("SELECT 1").size(), 1U) << "the connection is usable afterwards";
}

TEST_P(DatabaseConformance, FaultySqlIsRejected) {
  for (const char* sql : {"SELECT FROM WHERE", "SELECT x FROM no_such_table",
                          "SELECT no_such_column FROM books", "SELECT no_such_function(1)", ""}) {
    const auto table = query(sql);
    ASSERT_FALSE(table) << sql;
    EXPECT_THAT(table.error().code, testing::AnyOf(ErrorCode::sql_rejected, ErrorCode::refused))
        << sql;
    EXPECT_FALSE(table.error().message.empty());
  }
}

inline std::vector<std::string> common_hostile_statements() {
  return {
      "DELETE FROM books",
      "UPDATE books SET price = 0",
      "INSERT INTO authors VALUES (9, 'x', 'y')",
      "DROP TABLE books",
      "DROP VIEW long_books",
      "ALTER TABLE books ADD COLUMN x integer",
      "CREATE TABLE t (x integer)",
      "CREATE TABLE t AS SELECT 1 AS x",
      "CREATE TEMPORARY TABLE t (x integer)",
      "CREATE VIEW v AS SELECT 1 AS x",
      "CREATE INDEX i ON books (price)",
      "BEGIN",
      "COMMIT",
      "ROLLBACK",
      "SELECT 1; DELETE FROM books",
      "SELECT 1; SELECT 2",
      "DELETE FROM books; SELECT 1",
      "WITH x AS (SELECT 1 AS a) DELETE FROM books",
      "WITH x AS (SELECT 1 AS a) INSERT INTO authors SELECT a, 'x', 'y' FROM x",
      "",
      "-- nothing",
  };
}

// The third wall alone: the guard is bypassed.
TEST_P(DatabaseConformance, ConnectionRefusesWhatTheGuardMissed) {
  const auto count = rows_of("SELECT count(*), sum(price) FROM books");
  auto statements = common_hostile_statements();
  for (const std::string& more : subject().hostile_statements()) statements.push_back(more);
  for (const std::string& statement : statements) {
    CountingSink sink;
    const auto summary = run(statement, {}, {}, sink);
    EXPECT_FALSE(summary) << statement;
    if (!summary) {
      EXPECT_THAT(summary.error().code, testing::AnyOf(ErrorCode::refused, ErrorCode::sql_rejected))
          << statement << ": " << summary.error().to_text();
    }
    EXPECT_EQ(sink.rows, 0) << statement;
  }
  EXPECT_EQ(rows_of("SELECT count(*), sum(price) FROM books"), count);
}

// The second wall: the inspector, and the guard with it.
TEST_P(DatabaseConformance, InspectorAndGuardRefuseWhatWrites) {
  auto statements = common_hostile_statements();
  for (const std::string& more : subject().hostile_statements()) statements.push_back(more);
  const sql::SqlGuard guard(subject().dialect(), connection_->inspector());
  for (const std::string& statement : statements) {
    EXPECT_FALSE(connection_->inspector().inspect(statement)) << statement;
    EXPECT_FALSE(guard.approve(statement)) << statement;
  }
  EXPECT_TRUE(connection_->inspector().inspect("SELECT * FROM books"));
}

TEST_P(DatabaseConformance, DeadlineEndsAnyStatement) {
  for (const std::string& statement : subject().endless_statements()) {
    auto best = std::chrono::milliseconds::max();
    for (int attempt = 0; attempt < attempts && best > reaction_time; ++attempt) {
      db::ExecutionLimits limits;
      const auto deadline = std::chrono::milliseconds(150);
      limits.deadline = Deadline::after(deadline);
      limits.max_rows = INT64_MAX;
      limits.max_result_bytes = INT64_MAX;
      CountingSink sink;
      const auto start = Clock::now();
      const auto summary = run(statement, limits, {}, sink);
      const auto late =
          std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start) - deadline;
      ASSERT_FALSE(summary) << statement;
      ASSERT_EQ(summary.error().code, ErrorCode::timeout)
          << statement << ": " << summary.error().to_text();
      best = std::min(best, late);
    }
    EXPECT_LE(best, reaction_time) << statement;
    EXPECT_EQ(rows_of("SELECT 1").size(), 1U) << "usable after: " << statement;
  }
}

TEST_P(DatabaseConformance, StopEndsAnyStatement) {
  for (const std::string& statement : subject().endless_statements()) {
    auto best = std::chrono::milliseconds::max();
    for (int attempt = 0; attempt < attempts && best > reaction_time; ++attempt) {
      std::stop_source source;
      Clock::time_point stopped_at;
      std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        stopped_at = Clock::now();
        source.request_stop();
      });
      db::ExecutionLimits limits;
      limits.deadline = Deadline::after(std::chrono::seconds(60));
      limits.max_rows = INT64_MAX;
      limits.max_result_bytes = INT64_MAX;
      CountingSink sink;
      const auto summary = run(statement, limits, source.get_token(), sink);
      const auto ended_at = Clock::now();
      stopper.join();
      ASSERT_FALSE(summary) << statement;
      ASSERT_EQ(summary.error().code, ErrorCode::cancelled)
          << statement << ": " << summary.error().to_text();
      best = std::min(best,
                      std::chrono::duration_cast<std::chrono::milliseconds>(ended_at - stopped_at));
    }
    EXPECT_LE(best, reaction_time) << statement;
    EXPECT_EQ(rows_of("SELECT 1").size(), 1U) << "usable after: " << statement;
  }
}

TEST_P(DatabaseConformance, StopBeforeTheStartIsCancelled) {
  std::stop_source source;
  source.request_stop();
  CountingSink sink;
  const auto summary = run("SELECT * FROM books", {}, source.get_token(), sink);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(database_->introspect(source.get_token()));
}

TEST_P(DatabaseConformance, SeveralThreadsEachWithAConnection) {
  std::vector<std::jthread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t t = 0; t < good.size(); ++t) {
    threads.emplace_back([this, t, &good] {
      for (int i = 0; i < 10; ++i) {
        auto connection = database_->connect();
        if (!connection) return;
        const auto table = db::run_query(**connection, subject().dialect(),
                                         "SELECT sum(quantity) FROM \"order lines\"", {});
        if (table && table->rows.at(0).at(0) == Value(std::int64_t{8}) &&
            database_->introspect({}).has_value()) {
          ++good[t];
        }
      }
    });
  }
  threads.clear();
  EXPECT_THAT(good, testing::Each(10));
}

TEST_P(DatabaseConformance, FingerprintChangesWithDataAndSchema) {
  const auto first = database_->fingerprint();
  ASSERT_TRUE(first) << first.error().to_text();
  EXPECT_EQ(*database_->fingerprint(), *first);
  subject().run_as_owner("UPDATE books SET price = 31 WHERE book_id = 2");
  const auto second = database_->fingerprint();
  ASSERT_TRUE(second);
  EXPECT_NE(*second, *first);
  subject().run_as_owner("CREATE TABLE more (x integer)");
  EXPECT_NE(*database_->fingerprint(), *second);
  EXPECT_TRUE(schema().find_table("more"));
  EXPECT_EQ(rows_of("SELECT price FROM books WHERE book_id = 2").at(0).at(0), Value(31.0))
      << "an open connection sees the change";
}

TEST_P(DatabaseConformance, DistinctTextsAreBoundedAndMostFrequentFirst) {
  const Schema found = schema();
  const int books = *found.find_table("books");
  const ColumnRef title{books, *found.find_column(books, "title")};
  const auto texts = [&](std::int64_t max_values, std::int64_t max_bytes) {
    auto values = database_->distinct_text_values(title, found, max_values, max_bytes, {}, {});
    EXPECT_TRUE(values) << (values ? "" : values.error().to_text());
    return values ? *values : std::vector<std::string>{};
  };
  EXPECT_THAT(texts(10, 100), testing::ElementsAre("Rivers", "Mountains", "Seas"));
  EXPECT_THAT(texts(1, 100), testing::ElementsAre("Rivers"));
  EXPECT_THAT(texts(10, 6), testing::ElementsAre("Rivers", "Seas"));
  EXPECT_THAT(texts(0, 100), testing::IsEmpty());
  const ColumnRef price{books, *found.find_column(books, "price")};
  const auto numbers = database_->distinct_text_values(price, found, 10, 100, {}, {});
  ASSERT_TRUE(numbers);
  EXPECT_THAT(*numbers, testing::IsEmpty());
}

}  // namespace idi::conformance
