#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "migrations.hpp"
#include "scratch_store.hpp"

namespace idi::session {
namespace {

/// A file of version 1, as the program of that version wrote it.
constexpr std::string_view version_1 = R"(
    PRAGMA journal_mode = WAL;
    CREATE TABLE sessions (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      database TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      updated_ms INTEGER NOT NULL,
      deleted_ms INTEGER
    ) STRICT;
    CREATE INDEX sessions_by_update ON sessions (updated_ms, number) WHERE deleted_ms IS NULL;
    CREATE INDEX sessions_by_deletion ON sessions (deleted_ms) WHERE deleted_ms IS NOT NULL;
    CREATE TABLE tags (
      session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
      position INTEGER NOT NULL,
      tag TEXT NOT NULL,
      PRIMARY KEY (session, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_tag ON tags (tag, session);
    CREATE TABLE turns (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
      state TEXT NOT NULL
        CHECK (state IN ('running', 'answered', 'failed', 'cancelled', 'interrupted')),
      written_by_person INTEGER NOT NULL,
      created_ms INTEGER NOT NULL,
      finished_ms INTEGER NOT NULL,
      verdict INTEGER NOT NULL CHECK (verdict IN (-1, 0, 1)),
      question TEXT NOT NULL,
      standalone_question TEXT NOT NULL,
      comment TEXT NOT NULL,
      chart_choice TEXT NOT NULL,
      sql TEXT NOT NULL
    ) STRICT;
    CREATE INDEX turns_of_session ON turns (session, id);
    CREATE INDEX running_turns ON turns (id) WHERE state = 'running';
    CREATE TABLE documents (
      turn INTEGER PRIMARY KEY REFERENCES turns ON DELETE CASCADE,
      document TEXT NOT NULL
    ) STRICT;
    INSERT INTO sessions VALUES (1, 's_old', 'Größen', 'long ago', 'music', 10, 20, NULL);
    INSERT INTO sessions VALUES (2, 's_gone', 'gone', '', 'music', 10, 20, 30);
    INSERT INTO tags VALUES (1, 0, 'Tag');
    INSERT INTO turns VALUES (7, 1, 'answered', 0, 11, 12, 1, 'Wie VIELE?', 'Alle', 'c', '{}', 'S');
    INSERT INTO turns VALUES (8, 1, 'running', 0, 13, 0, 0, 'Und dann?', '', '', '', '');
    INSERT INTO turns VALUES (9, 2, 'failed', 0, 13, 14, 0, 'secret', '', '', '', '');
    INSERT INTO documents VALUES (7, 'the answer');
    PRAGMA application_id = 0x49444973;
    PRAGMA user_version = 1;
)";

std::int64_t integer_in(const std::filesystem::path& file, std::string_view sql) {
  auto connection = sqlite::Connection::open(file, {});
  auto statement = connection->prepare(sql);
  return *statement->step() ? statement->integer(0) : -1;
}

TEST(Migrations, AnOldFileIsBroughtForwardWithEverythingInIt) {
  const ScratchFolder folder;
  run_sql(folder.file(), version_1);
  {
    const auto store = open_store(folder.file());
    const auto session = store->get("s_old");
    ASSERT_TRUE(session);
    EXPECT_EQ(session->name, "Größen");
    EXPECT_EQ(session->description, "long ago");
    EXPECT_THAT(session->tags, testing::ElementsAre("Tag"));
    EXPECT_EQ(session->created_ms, 10);
    EXPECT_EQ(session->turn_count, 2);
    const auto turn = store->turn("s_old", 7);
    ASSERT_TRUE(turn);
    EXPECT_EQ(turn->document, "the answer");
    EXPECT_EQ(turn->verdict, Verdict::up);
    EXPECT_EQ(store->turn("s_old", 8)->state, TurnState::interrupted);
    for (const char* word : {"GRÖSSEN", "viele", "alle", "dann", "tag", "LONG ago"}) {
      EXPECT_EQ(store->list({word, "", 50, 0})->total, 1) << word;
    }
    // Deleted in 1970.
    EXPECT_EQ(store->restore("s_gone").error().code, ErrorCode::not_found);
    EXPECT_GT(store->begin_turn("s_old", {"neu", "", false})->id, 9);
  }
  EXPECT_EQ(integer_in(folder.file(), "PRAGMA user_version"),
            static_cast<std::int64_t>(migration_steps().size()));
  EXPECT_EQ(integer_in(folder.file(), "SELECT count(*) FROM folded_questions"), 3);
}

TEST(Migrations, AnOldAndANewFileHaveTheSameTables) {
  const ScratchFolder old, fresh;
  run_sql(old.file(), version_1);
  const auto tables_of = [](const ScratchFolder& folder) {
    open_store(folder.file());
    auto connection = sqlite::Connection::open(folder.file(), {});
    auto statement = connection->prepare("SELECT name FROM sqlite_schema ORDER BY name");
    std::vector<std::string> names;
    while (*statement->step()) names.emplace_back(statement->text(0));
    return names;
  };
  EXPECT_EQ(tables_of(old), tables_of(fresh));
}

TEST(Migrations, AFailedStepLeavesTheOldVersion) {
  const ScratchFolder folder;
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::create;
  auto connection = sqlite::Connection::open(folder.file(), options);
  ASSERT_TRUE(connection);
  const MigrationStep good = [](sqlite::Connection& c) { return c.execute("CREATE TABLE a (x)"); };
  const MigrationStep second = [](sqlite::Connection& c) {
    return c.execute("CREATE TABLE b (x)");
  };
  const MigrationStep bad = [](sqlite::Connection& c) { return c.execute("CREATE nonsense"); };
  ASSERT_TRUE(migrate(*connection, std::array{good}));
  EXPECT_FALSE(migrate(*connection, std::array{good, second, bad}));
  EXPECT_EQ(*pragma_integer(*connection, "user_version"), 1);
  EXPECT_FALSE(connection->prepare("SELECT * FROM b"));
  ASSERT_TRUE(migrate(*connection, std::array{good, second}));
  ASSERT_TRUE(migrate(*connection, std::array{good, second})) << "nothing to do";
  EXPECT_EQ(*pragma_integer(*connection, "user_version"), 2);
  EXPECT_TRUE(connection->prepare("SELECT * FROM b"));
}

}  // namespace
}  // namespace idi::session
