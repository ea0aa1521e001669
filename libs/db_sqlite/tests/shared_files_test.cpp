// Files that others use or left behind, and that none of them is ever changed by us.
#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <thread>

#include "files_fixture.hpp"

namespace idi::db_sqlite {
namespace {

using SharedFiles = Files;

TEST_F(SharedFiles, NothingIsEverWritten) {
  for (const std::string mode : {"DELETE", "WAL", "TRUNCATE", "PERSIST"}) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "test.db";
    test::make_database(file, "PRAGMA journal_mode=" + mode + ";" + script);
    const auto before = test::snapshot(folder.path());
    use(file);
    EXPECT_EQ(test::snapshot(folder.path()), before) << mode;
  }
}

TEST_F(SharedFiles, WalThatWasLeftBehindIsReadAndNotTouched) {
  // Copies of a database in use, as a backup tool or a crash leaves them.
  const auto live = path("live.db");
  auto owner = test::open_owner(live);
  test::must(owner.execute(std::string("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;") +
                           script + "; INSERT INTO books VALUES (1000, 'only in the log', 1)"));
  for (const bool with_shm : {false, true}) {
    const test::TemporaryFolder folder;
    const auto copy = folder.path() / "copy.db";
    std::filesystem::copy_file(live, copy);
    std::filesystem::copy_file(live.string() + "-wal", copy.string() + "-wal");
    if (with_shm) std::filesystem::copy_file(live.string() + "-shm", copy.string() + "-shm");
    const auto before = test::snapshot(folder.path());
    auto database = open_sqlite_database(copy);
    ASSERT_TRUE(database) << database.error().to_text();
    const auto table = query(**database, "SELECT title FROM books WHERE id = 1000");
    ASSERT_TRUE(table) << table.error().to_text();
    ASSERT_EQ(table->rows.size(), 1U);
    use(copy);
    EXPECT_EQ(test::snapshot(folder.path()), before) << "with -shm: " << with_shm;
  }
}

TEST_F(SharedFiles, WalInAFolderThatMayNotBeWritten) {
  test::make_database(path(), std::string("PRAGMA journal_mode=WAL;") + script);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  const AsNobody nobody;
  auto database = open_sqlite_database(path());
  const auto table = database ? query(**database, "SELECT count(*) FROM books")
                              : Result<ResultTable>(database.error());
  ASSERT_TRUE(table) << table.error().to_text();
  EXPECT_EQ(table->rows[0][0], Value(std::int64_t{500}));
}

TEST_F(SharedFiles, AWriterThatComesAfterUsIsSeen) {
  test::make_database(path(), std::string("PRAGMA journal_mode=WAL;") + script);
  auto database = open_sqlite_database(path());
  ASSERT_TRUE(database);
  auto connection = (*database)->connect();
  ASSERT_TRUE(connection);
  const auto count = [&] {
    auto table = db::run_query(**connection, Dialect::sqlite, "SELECT count(*) FROM authors", {});
    EXPECT_TRUE(table) << (table ? "" : table.error().to_text());
    return table ? std::get<std::int64_t>(table->rows[0][0]) : -1;
  };
  EXPECT_EQ(count(), 2);
  {
    auto owner = test::open_owner(path());
    test::must(owner.execute("INSERT INTO authors VALUES (3, 'Caro')"));
    EXPECT_EQ(count(), 3);
    test::must(
        owner.execute("INSERT INTO authors VALUES (4, 'Dan'); PRAGMA wal_checkpoint(TRUNCATE)"));
    EXPECT_EQ(count(), 4);
    test::must(owner.execute("INSERT INTO authors VALUES (5, 'Eve')"));
    EXPECT_EQ(count(), 5);
  }
  EXPECT_EQ(count(), 5) << "the writer has gone";
  auto owner = test::open_owner(path());
  test::must(owner.execute("INSERT INTO authors VALUES (6, 'Fay')"));
  EXPECT_EQ(count(), 6) << "another one came";
}

TEST_F(SharedFiles, LockedByAWriter) {
  test::make_database(path(), script);
  SqliteOptions options;
  options.lock_timeout_ms = 100;
  auto database = open_sqlite_database(path(), options);
  ASSERT_TRUE(database);
  auto connection = (*database)->connect();
  ASSERT_TRUE(connection);
  auto owner = test::open_owner(path());
  test::must(owner.execute("BEGIN EXCLUSIVE"));
  auto table = db::run_query(**connection, Dialect::sqlite, "SELECT count(*) FROM books", {});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::conflict);
  EXPECT_FALSE(table.error().hint.empty());
  EXPECT_FALSE((*database)->introspect({}));
  test::must(owner.execute("COMMIT"));
  table = db::run_query(**connection, Dialect::sqlite, "SELECT count(*) FROM books", {});
  EXPECT_TRUE(table) << "free again: " << table.error().to_text();
}

TEST_F(SharedFiles, StopAndDeadlineEndTheWaitingForALock) {
  test::make_database(path(), script);
  SqliteOptions options;
  options.lock_timeout_ms = 600'000;
  auto database = open_sqlite_database(path(), options);
  ASSERT_TRUE(database);
  auto connection = (*database)->connect();
  ASSERT_TRUE(connection);
  auto owner = test::open_owner(path());
  test::must(owner.execute("BEGIN EXCLUSIVE"));
  db::ExecutionLimits limits;
  limits.deadline = Deadline::after(std::chrono::milliseconds(50));
  const auto table =
      db::run_query(**connection, Dialect::sqlite, "SELECT count(*) FROM books", limits);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::timeout) << table.error().to_text();
  std::stop_source source;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  const auto schema = (*database)->introspect(source.get_token());
  ASSERT_FALSE(schema);
  EXPECT_EQ(schema.error().code, ErrorCode::cancelled) << schema.error().to_text();
}

TEST_F(SharedFiles, ReadsBesideALiveWriterOfAnotherProcess) {
  test::make_database(path(), std::string("PRAGMA journal_mode=WAL;") + script);
  int to_child[2];
  int from_child[2];
  ASSERT_EQ(::pipe(to_child), 0);
  ASSERT_EQ(::pipe(from_child), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Writes a row for each byte that it is sent; ends with the pipe.
    ::close(to_child[1]);
    auto owner = test::open_owner(path());
    char command = 0;
    while (::read(to_child[0], &command, 1) == 1) {
      const Status written =
          owner.execute(command == 'c' ? "PRAGMA wal_checkpoint(TRUNCATE)"
                                       : "INSERT INTO authors (name) VALUES ('one more')");
      const char answer = written ? 'y' : 'n';
      if (::write(from_child[1], &answer, 1) != 1) break;
    }
    ::_exit(0);
  }
  ::close(to_child[0]);
  const auto tell_child = [&](char command) {
    char answer = 0;
    EXPECT_EQ(::write(to_child[1], &command, 1), 1);
    EXPECT_EQ(::read(from_child[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y') << "the writer must not be disturbed by us";
  };
  auto database = open_sqlite_database(path());
  ASSERT_TRUE(database);
  auto connection = (*database)->connect();
  ASSERT_TRUE(connection);
  for (std::int64_t expected = 3; expected < 8; ++expected) {
    tell_child('i');
    const auto before = test::snapshot(folder_.path());
    const auto table =
        db::run_query(**connection, Dialect::sqlite, "SELECT count(*) FROM authors", {});
    ASSERT_TRUE(table) << table.error().to_text();
    EXPECT_EQ(table->rows[0][0], Value(expected));
    EXPECT_TRUE((*database)->introspect({}));
    EXPECT_EQ(test::snapshot(folder_.path()), before);
    if (expected % 2 == 0) tell_child('c');
  }
  ::close(to_child[1]);
  ::close(from_child[0]);
  ::close(from_child[1]);
  EXPECT_EQ(::waitpid(child, nullptr, 0), child);
}

TEST_F(SharedFiles, HotJournalIsExplained) {
  test::make_database(path(), script);
  // A child that dies in the middle of a transaction leaves its journal.
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto owner = test::open_owner(path());
    const Status changed = owner.execute(
        "PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN; UPDATE books SET title = 'gone' || "
        "hex(title); CREATE TABLE more AS SELECT * FROM books a, books b LIMIT 20000");
    ::_exit(changed ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  ASSERT_TRUE(std::filesystem::exists(path().string() + "-journal"));
  const auto before = test::snapshot(folder_.path());
  const Error error = open_error(path());
  EXPECT_EQ(error.code, ErrorCode::unreadable);
  EXPECT_THAT(error.hint, testing::HasSubstr("rolled back"));
  EXPECT_EQ(test::snapshot(folder_.path()), before);
}

TEST_F(SharedFiles, ImmutableReadsWithoutLocks) {
  test::make_database(path(), script);
  auto owner = test::open_owner(path());
  test::must(owner.execute("BEGIN EXCLUSIVE"));
  SqliteOptions options;
  options.immutable = true;
  auto database = open_sqlite_database(path(), options);
  ASSERT_TRUE(database);
  EXPECT_TRUE(query(**database, "SELECT count(*) FROM books"));
}

TEST_F(SharedFiles, AReplacedFileIsTheNewOne) {
  test::make_database(path(), "CREATE TABLE t (x); INSERT INTO t VALUES ('old')");
  test::make_database(path("new.db"), "CREATE TABLE t (x); INSERT INTO t VALUES ('new')");
  auto database = open_sqlite_database(path());
  ASSERT_TRUE(database);
  const auto schema = (*database)->introspect({});
  ASSERT_TRUE(schema);
  const auto texts = [&] {
    return (*database)->distinct_text_values({0, 0}, *schema, 10, 10, {}, {}).value();
  };
  EXPECT_THAT(texts(), testing::ElementsAre("old"));
  EXPECT_THAT(texts(), testing::ElementsAre("old"));
  std::filesystem::rename(path("new.db"), path());
  EXPECT_THAT(texts(), testing::ElementsAre("new"));
  EXPECT_THAT(query(**database, "SELECT x FROM t")->rows, testing::ElementsAre(Row{"new"}));
  auto owner = test::open_owner(path());
  test::must(owner.execute("INSERT INTO t VALUES ('newer'), ('newer')"));
  EXPECT_THAT(texts(), testing::ElementsAre("newer", "new"));
  std::filesystem::remove(path());
  const auto gone = (*database)->distinct_text_values({0, 0}, *schema, 10, 10, {}, {});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);
}

TEST_F(SharedFiles, FingerprintOfCopiesAndWalChanges) {
  test::make_database(path(), script);
  const auto fingerprint = [&](const std::filesystem::path& file) {
    auto database = open_sqlite_database(file);
    return database ? (*database)->fingerprint().value_or("") : std::string();
  };
  const std::string first = fingerprint(path());
  EXPECT_FALSE(first.empty());
  auto owner = test::open_owner(path());
  test::must(owner.execute("PRAGMA journal_mode=WAL"));
  const std::string in_wal_mode = fingerprint(path());
  EXPECT_NE(in_wal_mode, first);
  test::must(owner.execute("UPDATE books SET title = 'x' WHERE id = 1"));
  EXPECT_NE(fingerprint(path()), in_wal_mode) << "the change is in the -wal file only";
  // Same size, same time, same schema, other content.
  test::make_database(path("a.db"), "CREATE TABLE t (x); INSERT INTO t VALUES ('one')");
  test::make_database(path("b.db"), "CREATE TABLE t (x); INSERT INTO t VALUES ('two')");
  std::filesystem::last_write_time(path("a.db"), std::filesystem::last_write_time(path("b.db")));
  EXPECT_NE(fingerprint(path("a.db")), fingerprint(path("b.db")));
}

}  // namespace
}  // namespace idi::db_sqlite
