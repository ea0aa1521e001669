#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "idi/sqlite/connection.hpp"

namespace idi::sqlite {
namespace {

Connection open_memory() {
  OpenOptions options;
  options.mode = OpenMode::create;
  // A file name that SQLite takes for memory only as a URI; ours is a path, so use a real file.
  static int number = 0;
  const auto path =
      std::filesystem::temp_directory_path() /
      ("idi-sqlite-test-" + std::to_string(::getpid()) + "-" + std::to_string(++number) + ".db");
  auto connection = Connection::open(path, options);
  if (!connection) throw std::runtime_error(connection.error().to_text());
  // The open file lives on without its name.
  EXPECT_TRUE(connection->execute("PRAGMA journal_mode=MEMORY; CREATE TABLE t (a, b)"));
  std::filesystem::remove(path);
  return std::move(*connection);
}

TEST(Statement, BindsAndReadsEveryType) {
  auto connection = open_memory();
  auto insert = connection.prepare("INSERT INTO t VALUES (?1, ?2)");
  ASSERT_TRUE(insert);
  const std::string with_nul("a\0b", 3);
  insert->bind(1, std::int64_t{INT64_MIN});
  insert->bind(2, 0.1);
  ASSERT_TRUE(insert->run());
  insert->bind(1, std::string_view(with_nul));
  insert->bind(2, Blob{std::string("\0\1", 2)});
  ASSERT_TRUE(insert->run());
  insert->bind(1, std::string_view());
  insert->bind_null(2);
  ASSERT_TRUE(insert->run());
  EXPECT_EQ(connection.last_insert_rowid(), 3);

  auto select = connection.prepare("SELECT a, b AS second FROM t ORDER BY rowid;  -- done\n;");
  ASSERT_TRUE(select) << select.error().to_text();
  EXPECT_EQ(select->column_name(1), "second");
  ASSERT_TRUE(*select->step());
  EXPECT_EQ(select->value(0), Value(std::int64_t{INT64_MIN}));
  EXPECT_EQ(select->value(1), Value(0.1));
  ASSERT_TRUE(*select->step());
  EXPECT_EQ(select->value(0), Value(with_nul));
  EXPECT_EQ(select->value(1), Value(Blob{std::string("\0\1", 2)}));
  ASSERT_TRUE(*select->step());
  EXPECT_EQ(select->value(0), Value(std::string()));
  EXPECT_EQ(select->value(1), Value(Null{}));
  EXPECT_FALSE(*select->step());
}

TEST(Connection, PreparesExactlyOneStatement) {
  auto connection = open_memory();
  for (const char* sql : {"", "  ", ";", "-- x", "/* x */ ;"}) {
    EXPECT_EQ(connection.prepare(sql).error().message, "The statement is empty") << sql;
  }
  for (const char* sql :
       {"SELECT 1; SELECT 2", "SELECT 1;;; nonsense", "SELECT 1; -- x\n SELECT"}) {
    EXPECT_EQ(connection.prepare(sql).error().message, "There is more than one statement") << sql;
  }
  EXPECT_FALSE(connection.prepare(std::string("SELECT 1\0", 9)));
  EXPECT_TRUE(connection.prepare(" ; SELECT 1 /* x */ ; -- y"));
}

TEST(Connection, AuthorizerSeesAndRefuses) {
  auto connection = open_memory();
  std::vector<std::string> seen;
  connection.set_authorizer([&](const Access& access) {
    seen.push_back(describe(access));
    return access.action != Action::other;
  });
  ASSERT_TRUE(connection.prepare("SELECT upper(a) FROM t"));
  EXPECT_THAT(seen, testing::UnorderedElementsAre("SELECT", "reading t", "the function upper()"));
  const auto refused = connection.prepare("DELETE FROM t");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_EQ(refused.error().message, "Not allowed here: DELETE from t");
}

TEST(Connection, ErrorsHaveTheRightCode) {
  auto connection = open_memory();
  EXPECT_EQ(connection.prepare("SELEC 1").error().code, ErrorCode::sql_rejected);
  EXPECT_EQ(connection.execute("INSERT INTO nowhere VALUES (1)").error().code,
            ErrorCode::sql_rejected);
  ASSERT_TRUE(connection.execute("CREATE UNIQUE INDEX i ON t (a); INSERT INTO t VALUES (1, 1)"));
  EXPECT_EQ(connection.execute("INSERT INTO t VALUES (1, 2)").error().code,
            ErrorCode::sql_rejected);
  StatementLimits limits;
  limits.max_cell_bytes = 1000;
  connection.set_limits(limits);
  auto statement = connection.prepare("SELECT hex(zeroblob(900))");
  ASSERT_TRUE(statement);
  EXPECT_EQ(statement->step().error().code, ErrorCode::limit_exceeded);
}

TEST(Connection, ProgressAndInterruptEndStatements) {
  auto connection = open_memory();
  const char* endless =
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
  int calls = 0;
  // The watch of the memory asks as well, every few hundred allocations: not exactly ten calls.
  connection.set_progress(100, [&] { return ++calls >= 10; });
  EXPECT_EQ(connection.prepare(endless)->step().error().code, ErrorCode::cancelled);
  EXPECT_GE(calls, 10);
  connection.set_progress(100, {});
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    connection.interrupt();
  });
  EXPECT_EQ(connection.prepare(endless)->step().error().code, ErrorCode::cancelled);
}

TEST(Connection, MissingFilesAreNotMade) {
  const auto path = std::filesystem::temp_directory_path() / "idi-no-such-file.db";
  EXPECT_EQ(Connection::open(path, {}).error().code, ErrorCode::not_found);
  OpenOptions options;
  options.mode = OpenMode::read_write;
  EXPECT_EQ(Connection::open(path, options).error().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(path));
}

// What a program leaves that was killed between beginning the log and writing to it.
TEST(Connection, ConfinedReadsBesideALogWithoutFrames) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("idi-sqlite-log-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string live = (folder / "live.db").string(), left = (folder / "left.db").string();
  {
    OpenOptions options;
    options.mode = OpenMode::create;
    auto writer = Connection::open(live, options);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(
        writer->execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a);"
                        "PRAGMA wal_checkpoint; INSERT INTO t VALUES (1)"));
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::filesystem::copy_file(live + ending, left + ending);
    }
  }
  std::filesystem::resize_file(left + "-wal", 32);
  OpenOptions options;
  options.confined = true;
  auto reader = Connection::open(left, options);
  ASSERT_TRUE(reader);
  auto count = reader->prepare("SELECT count(*) FROM t");
  ASSERT_TRUE(count) << count.error().to_text();
  ASSERT_TRUE(*count->step());
  EXPECT_EQ(count->integer(0), 0);
  std::filesystem::remove_all(folder);
}

TEST(Quoting, SurvivesAnyName) {
  auto connection = open_memory();
  for (const std::string name : {"a\"b", "select", "it's", "x;--", "[y]", "ü"}) {
    const std::string quoted = quote_identifier(name);
    ASSERT_TRUE(connection.execute("CREATE TABLE " + quoted + " (x)")) << name;
    auto found =
        connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = " + quote_text(name));
    ASSERT_TRUE(found && *found->step());
    EXPECT_EQ(found->integer(0), 1) << name;
  }
}

}  // namespace
}  // namespace idi::sqlite
