// Files that are no good, files that others use, and that none of them is ever changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "test_files.hpp"

namespace idi::db_sqlite {
namespace {

constexpr const char* script = R"(
  CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT); -- who
  CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, author INTEGER REFERENCES authors);
  CREATE INDEX by_title ON books (title);
  CREATE VIEW v AS SELECT title FROM books;
  WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 500)
    INSERT INTO books SELECT x, 'title ' || x, x % 7 FROM n;
  INSERT INTO authors VALUES (1, 'Ada'), (2, 'Bao'))";

/// Root may read and write anything: look as somebody else.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) {
    if (was_root_) {
      EXPECT_EQ(::seteuid(65534), 0);
    }
  }
  ~AsNobody() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool was_root_;
};

class Files : public testing::Test {
 protected:
  std::filesystem::path path(const std::string& name = "test.db") const {
    return folder_.path() / name;
  }
  static Result<ResultTable> query(db::Database& database, const std::string& sql) {
    IDI_TRY(auto connection, database.connect());
    return db::run_query(*connection, Dialect::sqlite, sql, {});
  }
  /// Everything that the adapter does; whatever comes of it.
  static void use(const std::filesystem::path& file) {
    auto database = open_sqlite_database(file);
    if (!database) return;
    const auto fingerprint = (*database)->fingerprint();
    const auto schema = (*database)->introspect({});
    if (schema) {
      for (int t = 0; t < std::ssize(schema->tables); ++t) {
        const auto texts = (*database)->distinct_text_values({t, 0}, *schema, 100, 100, {}, {});
      }
    }
    for (const char* sql : {"SELECT * FROM books ORDER BY title DESC", "SELECT count(*) FROM books",
                            "SELECT * FROM v JOIN authors", "DELETE FROM books"}) {
      const auto table = query(**database, sql);
    }
  }
  static Error open_error(const std::filesystem::path& file) {
    auto database = open_sqlite_database(file);
    EXPECT_FALSE(database) << file;
    if (database) return {};
    EXPECT_FALSE(database.error().message.empty());
    EXPECT_FALSE(database.error().hint.empty()) << database.error().message;
    return database.error();
  }

  test::TemporaryFolder folder_;
};

TEST_F(Files, Missing) {
  EXPECT_EQ(open_error(path()).code, ErrorCode::not_found);
  EXPECT_EQ(open_error(path() / "below" / "a.db").code, ErrorCode::not_found);
  EXPECT_EQ(open_error("").code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(path())) << "looking for it must not make it";
}

TEST_F(Files, FolderAndPipe) {
  const Error folder = open_error(folder_.path());
  EXPECT_EQ(folder.code, ErrorCode::unreadable);
  EXPECT_THAT(folder.message, testing::HasSubstr("folder"));
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(open_error(path("pipe")).code, ErrorCode::unreadable) << "and does not wait for it";
}

TEST_F(Files, NotADatabase) {
  test::write_file(path(), "");
  EXPECT_THAT(open_error(path()).message, testing::HasSubstr("empty"));
  test::write_file(path(), "hello");
  EXPECT_EQ(open_error(path()).code, ErrorCode::unreadable);
  std::string noise(8192, '\0');
  std::mt19937 random(1);
  for (char& c : noise) c = static_cast<char>(random());
  test::write_file(path(), noise);  // as an encrypted one looks
  EXPECT_THAT(open_error(path()).message, testing::HasSubstr("encrypted"));
  test::write_file(path(), std::string("SQLite format 3\0", 16));
  EXPECT_THAT(open_error(path()).message, testing::HasSubstr("cut short"));
  test::write_file(path(), std::string("SQLite format 3\0", 16) + std::string(4080, '\0'));
  EXPECT_EQ(open_error(path()).code, ErrorCode::unreadable);
}

TEST_F(Files, CutShort) {
  test::make_database(path(), script);
  const std::string whole = test::read_file(path());
  ASSERT_GT(whole.size(), 8192U);
  for (const std::size_t size : {whole.size() - 1, whole.size() / 2, std::size_t{4096}}) {
    test::write_file(path("cut.db"), whole.substr(0, size));
    const Error error = open_error(path("cut.db"));
    EXPECT_EQ(error.code, ErrorCode::unreadable);
    EXPECT_THAT(error.message, testing::HasSubstr("cut short"));
  }
}

TEST_F(Files, NoPermission) {
  test::make_database(path(), script);
  ASSERT_EQ(::chmod(path().c_str(), 0), 0);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  const AsNobody nobody;
  auto database = open_sqlite_database(path());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::unreadable);
  EXPECT_FALSE(database.error().hint.empty());
}

TEST_F(Files, NamesThatSqliteTakesForUris) {
  for (const char* name :
       {"a?mode=rwc.db", "file:x.db", "50%.db", "a#b.db", "ü ö.db", ":memory:"}) {
    test::make_database(path(name), script);
    ASSERT_TRUE(std::filesystem::exists(path(name))) << name;
    auto database = open_sqlite_database(path(name));
    ASSERT_TRUE(database) << name << ": " << database.error().to_text();
    EXPECT_EQ(query(**database, "SELECT count(*) FROM books")->rows[0][0],
              Value(std::int64_t{500}));
  }
}

TEST_F(Files, NothingIsEverWritten) {
  for (const std::string mode : {"DELETE", "WAL", "TRUNCATE", "PERSIST"}) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "test.db";
    test::make_database(file, "PRAGMA journal_mode=" + mode + ";" + script);
    const auto before = test::snapshot(folder.path());
    use(file);
    EXPECT_EQ(test::snapshot(folder.path()), before) << mode;
  }
}

TEST_F(Files, WalThatWasLeftBehindIsReadAndNotTouched) {
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

TEST_F(Files, WalInAFolderThatMayNotBeWritten) {
  test::make_database(path(), std::string("PRAGMA journal_mode=WAL;") + script);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  const AsNobody nobody;
  auto database = open_sqlite_database(path());
  const auto table = database ? query(**database, "SELECT count(*) FROM books")
                              : Result<ResultTable>(database.error());
  ASSERT_TRUE(table) << table.error().to_text();
  EXPECT_EQ(table->rows[0][0], Value(std::int64_t{500}));
}

TEST_F(Files, AWriterThatComesAfterUsIsSeen) {
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

TEST_F(Files, LockedByAWriter) {
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

TEST_F(Files, StopAndDeadlineEndTheWaitingForALock) {
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

// Another process has the database open in WAL mode and writes; we read, and leave no trace.
TEST_F(Files, ReadsBesideALiveWriterOfAnotherProcess) {
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

TEST_F(Files, HotJournalIsExplained) {
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

// Any bytes changed anywhere: errors, but no crash, and no change of ours.
TEST_F(Files, DamagedPages) {
  test::make_database(path(), script);
  const std::string whole = test::read_file(path());
  std::mt19937 random(42);
  for (int round = 0; round < 120; ++round) {
    std::string damaged = whole;
    for (auto changes = 1 + random() % 30; changes > 0; --changes) {
      // The first page and the schema as often as everything else.
      const std::size_t range = random() % 2 == 0 ? 4096 : damaged.size();
      damaged[random() % range] = static_cast<char>(random());
    }
    test::write_file(path("damaged.db"), damaged);
    use(path("damaged.db"));
    ASSERT_EQ(test::read_file(path("damaged.db")), damaged);
  }
}

TEST_F(Files, DamageIsNamed) {
  test::make_database(path(), script);
  std::string bytes = test::read_file(path());
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = '\x5A';
  test::write_file(path(), bytes);
  auto database = open_sqlite_database(path());
  ASSERT_TRUE(database);
  const auto table = query(**database, "SELECT * FROM books");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::unreadable);
  EXPECT_THAT(table.error().message, testing::HasSubstr("damaged"));
}

TEST_F(Files, ImmutableReadsWithoutLocks) {
  test::make_database(path(), script);
  auto owner = test::open_owner(path());
  test::must(owner.execute("BEGIN EXCLUSIVE"));
  SqliteOptions options;
  options.immutable = true;
  auto database = open_sqlite_database(path(), options);
  ASSERT_TRUE(database);
  EXPECT_TRUE(query(**database, "SELECT count(*) FROM books"));
}

TEST_F(Files, FingerprintOfCopiesAndWalChanges) {
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
