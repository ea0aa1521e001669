#include "migrations.hpp"

#include <fmt/format.h>

#include <array>

#include "folded_texts.hpp"
#include "idi/core/assert.hpp"
#include "transaction.hpp"

namespace idi::session {
namespace {

// Documents apart from turns: a list of turns does not step over megabytes.
Status make_tables(sqlite::Connection& connection) {
  return connection.execute(R"(
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
  )");
}

// What a search looks through, folded (SQLite itself folds ASCII only) and apart from everything
// else, so that a search reads nothing but this.
Status add_folded_texts(sqlite::Connection& connection) {
  IDI_CHECK(connection.execute(R"(
    CREATE TABLE folded_sessions (
      session INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
      folded TEXT NOT NULL
    ) STRICT;
    CREATE TABLE folded_questions (
      session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
      turn INTEGER NOT NULL,
      folded TEXT NOT NULL,
      PRIMARY KEY (session, turn)
    ) STRICT, WITHOUT ROWID;
  )"));
  IDI_TRY(auto sessions, connection.prepare("SELECT number FROM sessions"));
  for (;;) {
    IDI_TRY(const bool row, sessions.step());
    if (!row) break;
    IDI_CHECK(fold_session(connection, sessions.integer(0)));
  }
  IDI_TRY(auto turns, connection.prepare("SELECT id FROM turns"));
  for (;;) {
    IDI_TRY(const bool row, turns.step());
    if (!row) break;
    IDI_CHECK(fold_questions(connection, turns.integer(0)));
  }
  return {};
}

// What was chosen when IDI asked back, one per doubt; and which turn a choice goes on from.
Status add_resolutions(sqlite::Connection& connection) {
  return connection.execute(R"(
    CREATE TABLE resolutions (
      session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
      clarification TEXT NOT NULL,
      number INTEGER NOT NULL,
      option TEXT NOT NULL,
      phrase TEXT NOT NULL,
      label TEXT NOT NULL,
      chosen_ms INTEGER NOT NULL,
      PRIMARY KEY (session, clarification)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE turns ADD COLUMN clarifies INTEGER NOT NULL DEFAULT 0;
  )");
}

constexpr std::array<MigrationStep, 3> steps_so_far{make_tables, add_folded_texts, add_resolutions};

}  // namespace

std::span<const MigrationStep> migration_steps() { return steps_so_far; }

Result<std::int64_t> pragma_integer(sqlite::Connection& connection, std::string_view pragma) {
  IDI_TRY(auto statement, connection.prepare(fmt::format("PRAGMA {}", pragma)));
  IDI_TRY(const bool row, statement.step());
  return row ? statement.integer(0) : 0;
}

Status migrate(sqlite::Connection& connection, std::span<const MigrationStep> steps) {
  IDI_TRY(const std::int64_t version, pragma_integer(connection, "user_version"));
  const auto newest = static_cast<std::int64_t>(steps.size());
  IDI_ASSERT(version <= newest);
  if (version == newest) return {};
  IDI_TRY(auto transaction, Transaction::begin(connection));
  for (std::int64_t done = version; done < newest; ++done) {
    IDI_CHECK(steps[static_cast<std::size_t>(done)](connection));
  }
  IDI_CHECK(connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                           store_application_id, newest)));
  return transaction.commit();
}

}  // namespace idi::session
