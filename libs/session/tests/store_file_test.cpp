#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/stat.h>
#include <unistd.h>

#include "migrations.hpp"
#include "scratch_store.hpp"

namespace idi::session {
namespace {

namespace fs = std::filesystem;

ErrorCode code_of_opening(const fs::path& file) {
  const auto store = try_open(file);
  if (store) throw std::runtime_error("it opened");
  EXPECT_NE(store.error().hint, "") << store.error().to_text();
  return store.error().code;
}

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

/// A closed store with a session of this name and one finished turn.
void make_store(const fs::path& file, const std::string& name = "name") {
  const auto store = open_store(file);
  SessionChange given;
  given.name = name;
  const auto session = store->create(given, "music");
  ASSERT_TRUE(session);
  const auto turn = store->begin_turn(session->id, {"Which?", "", false});
  ASSERT_TRUE(turn);
  ASSERT_TRUE(
      store->finish_turn(turn->id, {TurnState::answered, "", "", std::string(20'000, 'd')}));
}

std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(StoreFile, IsForItsOwnerAlone) {
  const ScratchFolder folder;
  const mode_t before = ::umask(0);
  const fs::path file = folder.path() / "a" / "b" / "sessions.db";
  {
    const auto store = open_store(file);
    ASSERT_TRUE(store->create({}, ""));
    for (const char* ending : {"", "-wal", "-shm", "-lock"}) {
      EXPECT_EQ(mode_of(file.string() + ending), 0600U) << ending;
    }
    EXPECT_EQ(mode_of(folder.path() / "a"), 0700U);
    EXPECT_EQ(mode_of(folder.path() / "a" / "b"), 0700U);
  }
  EXPECT_THAT(entries(file.parent_path()), testing::ElementsAre("sessions.db", "sessions.db-lock"));
  ::chmod(file.c_str(), 0644);
  const auto store = open_store(file);
  EXPECT_EQ(mode_of(file), 0600U);
  ::umask(before);
}

TEST(StoreFile, OneProcessAtATime) {
  const ScratchFolder folder;
  auto store = open_store(folder.file());
  const auto session = store->create({}, "");
  const auto turn = store->begin_turn(session->id, {"q", "", false});
  EXPECT_EQ(code_of_opening(folder.file()), ErrorCode::conflict);
  EXPECT_THAT(try_open(folder.file()).error().message,
              testing::HasSubstr(std::to_string(::getpid())));
  // Another way to the same file.
  fs::create_symlink(folder.file(), folder.path() / "link.db");
  EXPECT_EQ(code_of_opening(folder.path() / "link.db"), ErrorCode::conflict);
  EXPECT_EQ(code_of_opening(folder.path() / "." / ".." / folder.path().filename() / "sessions.db"),
            ErrorCode::conflict);
  // The first one goes on.
  EXPECT_EQ(store->turn(session->id, turn->id)->state, TurnState::running);
  EXPECT_TRUE(store->finish_turn(turn->id, {}));
  store.reset();
  EXPECT_TRUE(try_open(folder.path() / "link.db"));
}

TEST(StoreFile, OfANewerVersionStaysAsItIs) {
  const ScratchFolder folder;
  make_store(folder.file());
  run_sql(folder.file(), "PRAGMA user_version = 99; CREATE TABLE of_the_future (x)");
  const std::string before = bytes_of(folder.file());
  EXPECT_EQ(code_of_opening(folder.file()), ErrorCode::wrong_version);
  EXPECT_EQ(bytes_of(folder.file()), before);
  EXPECT_THAT(entries(folder.path()), testing::ElementsAre("sessions.db", "sessions.db-lock"));
}

TEST(StoreFile, OfAnotherProgramStaysAsItIs) {
  const ScratchFolder folder;
  run_sql(folder.file(), "CREATE TABLE invoices (x); INSERT INTO invoices VALUES (1)");
  const std::string before = bytes_of(folder.file());
  EXPECT_EQ(code_of_opening(folder.file()), ErrorCode::unreadable);
  EXPECT_EQ(bytes_of(folder.file()), before);
  EXPECT_THAT(try_open(folder.file()).error().hint, testing::HasSubstr("another file"));

  std::ofstream(folder.path() / "letter.txt") << std::string(5'000, 'x');
  EXPECT_EQ(code_of_opening(folder.path() / "letter.txt"), ErrorCode::unreadable);
  EXPECT_EQ(bytes_of(folder.path() / "letter.txt"), std::string(5'000, 'x'));
  EXPECT_EQ(code_of_opening(folder.path()), ErrorCode::unreadable);
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(code_of_opening(folder.path() / "pipe"), ErrorCode::unreadable);
  EXPECT_EQ(code_of_opening(folder.path() / "letter.txt" / "sessions.db"), ErrorCode::io_failed);
  EXPECT_EQ(code_of_opening(""), ErrorCode::invalid_argument);
}

TEST(StoreFile, AnEmptyFileIsFilled) {
  const ScratchFolder folder;
  std::ofstream(folder.file()).flush();
  EXPECT_TRUE(open_store(folder.file())->create({}, ""));
}

TEST(StoreFile, WhatADeadProcessLeftBehindIsNoHindrance) {
  const ScratchFolder folder;
  std::ofstream(folder.file().string() + "-new") << "half a file";
  std::ofstream(folder.file().string() + "-new-wal") << "half a log";
  std::ofstream(folder.file().string() + "-lock") << "not a number, and long enough to be cut";
  EXPECT_TRUE(open_store(folder.file())->create({}, ""));
  EXPECT_THAT(entries(folder.path()), testing::ElementsAre("sessions.db", "sessions.db-lock"));
}

TEST(StoreFile, ALogWithoutItsFileIsNotThrownAway) {
  const ScratchFolder folder;
  const std::string log = folder.file().string() + "-wal";
  std::ofstream(log) << "conversations";
  EXPECT_EQ(code_of_opening(folder.file()), ErrorCode::unreadable);
  EXPECT_EQ(bytes_of(log), "conversations");
  EXPECT_FALSE(fs::exists(folder.file()));
}

TEST(StoreFile, AnOpenStoreCopiedWithItsLogIsWhole) {
  const ScratchFolder folder, copy;
  const auto store = open_store(folder.file());
  SessionChange given;
  given.name = "in the log";
  const auto session = store->create(given, "");
  fs::copy_file(folder.file(), copy.file());
  fs::copy_file(folder.file().string() + "-wal", copy.file().string() + "-wal");
  EXPECT_EQ(open_store(copy.file())->get(session->id)->name, "in the log");
}

TEST(StoreFile, DamageIsFoundBeforeAnythingIsWritten) {
  const ScratchFolder folder;
  make_store(folder.file());
  const std::string whole = bytes_of(folder.file());
  const auto damaged_by = [&](const std::string& bytes) {
    std::ofstream(folder.file(), std::ios::binary | std::ios::trunc) << bytes;
    const ErrorCode code = code_of_opening(folder.file());
    EXPECT_EQ(bytes_of(folder.file()), bytes);
    return code;
  };
  EXPECT_EQ(damaged_by(whole.substr(0, whole.size() / 2)), ErrorCode::unreadable);
  EXPECT_EQ(damaged_by("garbage" + whole.substr(7)), ErrorCode::unreadable);
  EXPECT_EQ(damaged_by(std::string(whole).replace(4'096, 4'096, std::string(4'096, '\xff'))),
            ErrorCode::unreadable);
  EXPECT_EQ(damaged_by(whole.substr(0, 50)), ErrorCode::unreadable);
}

TEST(StoreFile, TablesThatAreMissingAreDamage) {
  const ScratchFolder folder;
  make_store(folder.file());
  run_sql(folder.file(), "DROP TABLE turns");
  EXPECT_EQ(code_of_opening(folder.file()), ErrorCode::unreadable);
}

TEST(StoreFile, AnyDamageIsAnErrorOrHarmless) {
  const ScratchFolder folder;
  make_store(folder.file());
  const std::string whole = bytes_of(folder.file());
  EXPECT_TRUE(rc::check([&] {
    std::string bytes = whole;
    const int hits = *rc::gen::inRange(1, 20);
    for (int i = 0; i < hits; ++i) {
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    }
    std::ofstream(folder.file(), std::ios::binary | std::ios::trunc) << bytes;
    fs::remove(folder.file().string() + "-wal");
    fs::remove(folder.file().string() + "-shm");
    const auto store = try_open(folder.file());
    if (!store) {
      RC_ASSERT(store.error().code != ErrorCode::internal);
      return;
    }
    const auto page = (*store)->list({"which", "", 50, 0});
    if (!page) return;
    for (const Session& session : page->sessions) {
      static_cast<void>((*store)->turns(session.id, 10, true));
    }
  }));
}

TEST(StoreFile, LockedByAnotherProgramForTooLong) {
  const ScratchFolder folder;
  SqliteStoreOptions options;
  options.file = folder.file();
  options.busy_timeout_ms = 50;
  auto store = open_sqlite_store(options);
  ASSERT_TRUE(store);
  const auto session = (*store)->create({}, "");
  sqlite::OpenOptions writing;
  writing.mode = sqlite::OpenMode::read_write;
  auto other = sqlite::Connection::open(folder.file(), writing);
  ASSERT_TRUE(other && other->execute("BEGIN IMMEDIATE"));
  EXPECT_EQ((*store)->create({}, "").error().code, ErrorCode::unavailable);
  EXPECT_TRUE((*store)->get(session->id)) << "readers do not wait";
  ASSERT_TRUE(other->execute("ROLLBACK"));
  EXPECT_TRUE((*store)->create({}, ""));
}

TEST(StoreFile, WithoutPermissionToWrite) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const ScratchFolder folder;
  make_store(folder.file());
  ::chmod(folder.path().c_str(), 0500);
  EXPECT_EQ(code_of_opening(folder.path() / "other.db"), ErrorCode::io_failed);
  ::chmod(folder.path().c_str(), 0700);
}

}  // namespace
}  // namespace idi::session
