#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

#include "idi/db/collecting_sink.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "test_files.hpp"
#include "test_statements.hpp"

namespace idi::db_sqlite {
namespace {

class Execution : public testing::Test {
 protected:
  void open(const std::string& script, const SqliteOptions& options = {}) {
    const auto path = folder_.path() / "test.db";
    test::make_database(path, script);
    auto database = open_sqlite_database(path, options);
    ASSERT_TRUE(database) << database.error().to_text();
    database_ = std::move(*database);
    auto connection = database_->connect();
    ASSERT_TRUE(connection) << connection.error().to_text();
    connection_ = std::move(*connection);
  }
  Result<ResultTable> query(const std::string& sql, const db::ExecutionLimits& limits = {}) {
    db::CollectingSink sink;
    auto summary = connection_->execute(conformance::forge(sql), limits, {}, sink);
    if (!summary) return summary.error();
    ResultTable table = sink.take();
    table.truncated = summary->truncated;
    return table;
  }
  Value cell(const std::string& sql) {
    auto table = query(sql);
    EXPECT_TRUE(table) << sql << ": " << (table ? "" : table.error().to_text());
    return table && !table->rows.empty() ? table->rows[0][0] : Value{};
  }
  ErrorCode error_of(const std::string& sql) {
    const auto table = query(sql);
    EXPECT_FALSE(table) << sql;
    return table ? ErrorCode::internal : table.error().code;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<db::Connection> connection_;
};

TEST_F(Execution, HonestTypes) {
  open(R"(
    CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, r REAL, s TEXT, d DATE, b BLOB);
    INSERT INTO t VALUES (1, 'not a number', 'nor this', 5, '2024-02-30', 'text in a blob'),
      (2, 9223372036854775807, 1e999, 'x', 20240101, x'00ff00'),
      (3, -9223372036854775808, -1e999, '', NULL, x''),
      (4, 9223372036854775808, 0.1, 'a' || char(0) || 'b', 1.5, NULL))");
  const auto table = query("SELECT n, r, s, d, b FROM t ORDER BY id");
  ASSERT_TRUE(table);
  const double infinity = std::numeric_limits<double>::infinity();
  const std::string with_nul("a\0b", 3);
  EXPECT_EQ(table->rows[0],
            (Row{std::string("not a number"), std::string("nor this"), std::string("5"),
                 std::string("2024-02-30"), std::string("text in a blob")}));
  EXPECT_EQ(table->rows[1], (Row{std::int64_t{INT64_MAX}, infinity, std::string("x"),
                                 std::int64_t{20240101}, Blob{std::string("\0\xFF\0", 3)}}));
  EXPECT_EQ(table->rows[2],
            (Row{std::int64_t{INT64_MIN}, -infinity, std::string(), Null{}, Blob{}}));
  EXPECT_EQ(table->rows[3], (Row{9223372036854775808.0, 0.1, with_nul, 1.5, Null{}}));
}

TEST_F(Execution, NotANumberIsNull) {
  open("CREATE TABLE t (x)");
  EXPECT_EQ(cell("SELECT 1e999 - 1e999"), Value(Null{}));
  EXPECT_EQ(cell("SELECT 1 / 0"), Value(Null{}));
}

TEST_F(Execution, TextThatIsNotUtf8) {
  open("CREATE TABLE t (x); INSERT INTO t VALUES (CAST(x'61ff62' AS TEXT)), (CAST(x'c3' AS TEXT))");
  const auto table = query("SELECT x AS \"a column\" FROM t");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0][0], Value(std::string("a\xEF\xBF\xBD"
                                                 "b")));
  EXPECT_EQ(table->rows[1][0], Value(std::string("\xEF\xBF\xBD")));
  const auto schema = database_->introspect({});
  ASSERT_TRUE(schema);
  const auto texts = database_->distinct_text_values({0, 0}, *schema, 10, 10, {}, {});
  ASSERT_TRUE(texts);
  EXPECT_THAT(*texts, testing::UnorderedElementsAre("a\xEF\xBF\xBD"
                                                    "b",
                                                    "\xEF\xBF\xBD"));
}

TEST_F(Execution, Utf16Database) {
  open(
      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE \"größe\" (x TEXT); INSERT INTO \"größe\" VALUES "
      "('Zürich 😀')");
  EXPECT_EQ(cell("SELECT x FROM größe WHERE x LIKE 'zü%'"), Value(std::string("Zürich 😀")));
  EXPECT_EQ(cell("SELECT instr(x, 'rich')"
                 " FROM größe"),
            Value(std::int64_t{3}));
  EXPECT_EQ(database_->introspect({})->tables[0].name, "größe");
}

TEST_F(Execution, DoubleQuotedTextIsTextAsInSqlite) {
  open("CREATE TABLE t (x); INSERT INTO t VALUES ('France')");
  EXPECT_EQ(cell("SELECT count(*) FROM t WHERE x = \"France\""), Value(std::int64_t{1}));
}

TEST_F(Execution, VirtualTablesCanBeQueried) {
  open(
      "CREATE VIRTUAL TABLE notes USING fts5(body); INSERT INTO notes VALUES ('red apples'), "
      "('green pears'); CREATE VIRTUAL TABLE old USING fts4(body); INSERT INTO old VALUES "
      "('plums')");
  EXPECT_EQ(cell("SELECT body FROM notes WHERE notes MATCH 'pears'"),
            Value(std::string("green pears")));
  EXPECT_EQ(cell("SELECT body FROM old WHERE old MATCH 'plums'"), Value(std::string("plums")));
  EXPECT_EQ(cell("SELECT sum(value) FROM json_each('[1,2,3]')"), Value(std::int64_t{6}));
}

TEST_F(Execution, CollationsOfOtherProgramsAreExplained) {
  open(
      "CREATE TABLE t (x TEXT COLLATE NOCASE, y TEXT); INSERT INTO t VALUES ('a', 'b'); PRAGMA "
      "writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOCASE', 'unicase')");
  EXPECT_EQ(cell("SELECT x FROM t"), Value(std::string("a")));
  EXPECT_EQ(error_of("SELECT x FROM t ORDER BY x"), ErrorCode::not_supported);
  const auto schema = database_->introspect({});
  ASSERT_TRUE(schema) << schema.error().to_text();
  EXPECT_EQ(schema->tables[0].columns.size(), 2U);
}

TEST_F(Execution, FunctionsThatQuestionsNeed) {
  open("CREATE TABLE t (x)");
  for (const char* sql :
       {"SELECT count(*), sum(1), avg(1), min(1), max(1), total(1), group_concat(1)",
        "SELECT strftime('%Y', '2024-01-01'), date('now'), julianday('now'), unixepoch()",
        "SELECT abs(-1), round(1.5), ceil(1.5), sqrt(2), pow(2, 3), ln(2)",
        "SELECT upper('a'), lower('A'), trim(' a '), substr('abc', 1, 2), replace('a', 'a', 'b')",
        "SELECT printf('%.2f', 1.5), format('%d', 1), hex('a'), quote('a'), typeof(1)",
        "SELECT coalesce(NULL, 1), ifnull(1, 2), nullif(1, 1), iif(1, 2, 3)",
        "SELECT json_extract('{\"a\":1}', '$.a'), '{\"a\":1}' -> 'a', '{\"a\":1}' ->> 'a'",
        "SELECT row_number() OVER (), rank() OVER (ORDER BY 1), lag(1) OVER (), ntile(2) OVER ()",
        "SELECT CASE WHEN 'a' LIKE 'A' THEN 1 END, 'a' GLOB 'a', CAST('1' AS INTEGER), random()",
        "SELECT current_date, current_timestamp"}) {
    EXPECT_TRUE(query(sql)) << sql << ": " << query(sql).error().to_text();
  }
}

TEST_F(Execution, LongCellsAreALimitNotACrash) {
  open("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(20000000)), ('short')");
  EXPECT_EQ(error_of("SELECT x FROM t"), ErrorCode::limit_exceeded);
  EXPECT_EQ(cell("SELECT x FROM t WHERE typeof(x) = 'text'"), Value(std::string("short")));
  EXPECT_EQ(error_of("SELECT printf('%1000000000c', 'x')"), ErrorCode::limit_exceeded);
  EXPECT_EQ(error_of("SELECT printf('%.*c', 2000000000, 'x')"), ErrorCode::limit_exceeded);
}

TEST_F(Execution, MemoryIsBounded) {
  SqliteOptions options;
  options.max_memory_bytes = 32 << 20;
  open("CREATE TABLE t (x)", options);
  std::string sql = "SELECT 1";
  for (int i = 0; i < 100; ++i) sql += ", replace(printf('%1000000c', 'x'), ' ', 'aaaaa')";
  EXPECT_EQ(error_of(sql), ErrorCode::limit_exceeded);
  EXPECT_EQ(cell("SELECT 1"), Value(std::int64_t{1})) << "the connection is usable afterwards";
}

// Every allocation of SQLite fails once: errors, never a crash, and no wrong answer.
TEST_F(Execution, AnyMemoryLimitIsAnErrorNotACrash) {
  const auto path = folder_.path() / "test.db";
  test::make_database(path,
                      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a, b); INSERT INTO t "
                      "VALUES ('one two', 1), ('three', x'00'), ('four', NULL)");
  const std::string sql =
      "SELECT printf('%5s', a), a LIKE '%o%' ESCAPE '!', a GLOB '*t*', instr(a, 'e'), replace(a, "
      "'e', 'EE'), trim(a, 'eo'), group_concat(a) OVER (ORDER BY a) FROM t ORDER BY a DESC";
  int refused = 0;
  int answered = 0;
  for (std::int64_t limit = 2'000; limit < 1'000'000; limit += limit / 50 + 97) {
    SqliteOptions options;
    options.max_memory_bytes = limit;
    auto database = open_sqlite_database(path, options);
    auto connection = database ? (*database)->connect()
                               : Result<std::unique_ptr<db::Connection>>(database.error());
    if (connection) {
      connection_ = std::move(*connection);
      const auto table = query(sql);
      if (table) {
        ++answered;
        EXPECT_EQ(table->rows.at(0).at(0), Value(std::string("three")));
        EXPECT_EQ(table->rows.at(1).at(4), Value(std::string("onEE two")));
        continue;
      }
      EXPECT_EQ(table.error().code, ErrorCode::limit_exceeded) << table.error().to_text();
    }
    ++refused;
  }
  EXPECT_GT(refused, 20);
  EXPECT_GT(answered, 2);
}

TEST_F(Execution, CompilingIsBounded) {
  open("CREATE TABLE t (x)");
  std::string sql = "WITH c0 AS (SELECT 1 AS x UNION ALL SELECT 2)";
  for (int i = 1; i < 40; ++i) {
    sql += fmt::format(", c{0} AS (SELECT * FROM c{1} UNION ALL SELECT * FROM c{1})", i, i - 1);
  }
  sql += " SELECT count(*) FROM c39";
  EXPECT_THAT(error_of(sql), testing::AnyOf(ErrorCode::limit_exceeded, ErrorCode::timeout));
  const Status inspected = connection_->inspector().inspect(sql);
  ASSERT_FALSE(inspected);
  EXPECT_THAT(inspected.error().code,
              testing::AnyOf(ErrorCode::limit_exceeded, ErrorCode::timeout));
  EXPECT_EQ(cell("SELECT 1"), Value(std::int64_t{1}));
}

TEST_F(Execution, TemporarySpaceIsBounded) {
  SqliteOptions options;
  options.max_temporary_bytes = 20 << 20;
  open("CREATE TABLE t (x)", options);
  const std::string numbers =
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 500000) ";
  for (const std::string& sql :
       {numbers + "SELECT count(y) FROM (SELECT printf('%90d', x) AS y FROM n ORDER BY y DESC)",
        numbers + "SELECT DISTINCT printf('%90d', x) FROM n"}) {
    db::ExecutionLimits limits;
    limits.deadline = Deadline::after(std::chrono::seconds(120));
    limits.max_rows = 1 << 30;
    limits.max_result_bytes = 1 << 30;
    conformance::CountingSink sink;
    const auto summary = connection_->execute(conformance::forge(sql), limits, {}, sink);
    ASSERT_FALSE(summary) << sql;
    EXPECT_EQ(summary.error().code, ErrorCode::limit_exceeded) << summary.error().to_text();
    EXPECT_THAT(summary.error().message, testing::HasSubstr("20 MB")) << sql;
  }
  // More than the sorter keeps in memory, and less than the limit.
  EXPECT_TRUE(query(numbers + "SELECT count(y) FROM (SELECT printf('%900d', x) AS y FROM n WHERE x "
                              "<= 20000 ORDER BY y DESC)"))
      << "the space is free again";
}

TEST_F(Execution, DeepAndLongStatements) {
  open("CREATE TABLE t (x)");
  EXPECT_EQ(error_of("SELECT " + std::string(3000, '(') + "1" + std::string(3000, ')')),
            ErrorCode::sql_rejected);
  EXPECT_EQ(error_of("SELECT " + std::string(50'000, '~') + "1"), ErrorCode::sql_rejected);
  std::string ors = "SELECT count(*) FROM t WHERE x = 0";
  for (int i = 1; i < 5000; ++i) ors += fmt::format(" OR x = {}", i);
  EXPECT_EQ(error_of(ors), ErrorCode::sql_rejected);
  std::string list = "SELECT count(*) FROM t WHERE x IN (0";
  for (int i = 1; i < 5000; ++i) list += fmt::format(", {}", i);
  EXPECT_EQ(cell(list + ")"), Value(std::int64_t{0}));
}

TEST_F(Execution, SinksAreNotKeptPastTheDeadline) {
  open("CREATE TABLE t (x)");
  class SlowSink final : public db::RowSink {
   public:
    bool on_columns(const std::vector<std::string>&) override { return true; }
    bool on_row(Row&&) override {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return true;
    }
  } sink;
  db::ExecutionLimits limits;
  limits.deadline = Deadline::after(std::chrono::milliseconds(100));
  const auto start = std::chrono::steady_clock::now();
  const auto summary = connection_->execute(
      conformance::forge("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT "
                         "2000) SELECT x FROM n"),
      limits, {}, sink);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::timeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST_F(Execution, StepsAreLimitedAlikeEveryTime) {
  open("CREATE TABLE t (x)");
  const auto count_to = [](int most) {
    return fmt::format(
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {}) "
        "SELECT count(*) FROM n",
        most);
  };
  db::ExecutionLimits limits;
  limits.max_steps = 100'000;
  // The largest that fits, by bisection; it stays the same whatever ran before.
  const auto largest_that_fits = [&] {
    int fits = 1, fails = 1'000'000;
    while (fails - fits > 1) {
      const int middle = (fits + fails) / 2;
      (query(count_to(middle), limits) ? fits : fails) = middle;
    }
    return fits;
  };
  const int first = largest_that_fits();
  EXPECT_GT(first, 1000);
  EXPECT_LT(first, 100'000);
  EXPECT_EQ(largest_that_fits(), first);
  const auto refused = query(count_to(first + 1), limits);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::timeout);
  EXPECT_TRUE(query(count_to(first + 1))) << "the limit is of one execution";
}

TEST_F(Execution, ZeroRowsAllowed) {
  open("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  db::ExecutionLimits limits;
  limits.max_rows = 0;
  const auto table = query("SELECT x FROM t", limits);
  ASSERT_TRUE(table);
  EXPECT_THAT(table->columns, testing::ElementsAre("x"));
  EXPECT_TRUE(table->rows.empty());
  EXPECT_TRUE(table->truncated);
  EXPECT_FALSE(query("SELECT x FROM t WHERE x > 1", limits)->truncated);
}

}  // namespace
}  // namespace idi::db_sqlite
