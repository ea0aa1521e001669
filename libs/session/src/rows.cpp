#include "rows.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"
#include "store_errors.hpp"

namespace idi::session {
namespace {

std::string text_of(const sqlite::Statement& row, int column) {
  // Valid when written; a damaged page may say otherwise.
  return text::to_valid_utf8(row.text(column));
}

std::optional<TurnState> state_from_name(std::string_view name) {
  for (const auto state : {TurnState::running, TurnState::answered, TurnState::failed,
                           TurnState::cancelled, TurnState::interrupted}) {
    if (turn_state_name(state) == name) return state;
  }
  return std::nullopt;
}

}  // namespace

StoredSession read_session(const sqlite::Statement& row) {
  StoredSession stored;
  stored.number = row.integer(0);
  Session& session = stored.session;
  session.id = text_of(row, 1);
  session.name = text_of(row, 2);
  session.description = text_of(row, 3);
  session.database = text_of(row, 4);
  session.created_ms = row.integer(5);
  session.updated_ms = row.integer(6);
  session.turn_count = row.integer(7);
  return stored;
}

Status read_tags(sqlite::Connection& connection, StoredSession& stored) {
  IDI_TRY(auto tags,
          connection.prepare("SELECT tag FROM tags WHERE session = ?1 ORDER BY position"));
  tags.bind(1, stored.number);
  for (;;) {
    IDI_TRY(const bool row, tags.step());
    if (!row) return {};
    stored.session.tags.push_back(text_of(tags, 0));
  }
}

Result<StoredSession> find_session(sqlite::Connection& connection, std::string_view session_id) {
  IDI_TRY(auto statement,
          connection.prepare(
              fmt::format("SELECT {} FROM sessions AS s WHERE s.id = ?1 AND s.deleted_ms IS NULL",
                          session_columns)));
  statement.bind(1, session_id);
  IDI_TRY(const bool row, statement.step());
  if (!row) return no_session();
  StoredSession stored = read_session(statement);
  IDI_CHECK(read_tags(connection, stored));
  return stored;
}

Error no_session() {
  return make_error(ErrorCode::not_found, "There is no such conversation",
                    "It may have been deleted; choose another one or begin a new one.");
}

Error no_turn() {
  return make_error(ErrorCode::not_found, "There is no such answer in this conversation",
                    "Load the conversation again.");
}

Result<Turn> read_turn(const sqlite::Statement& row, std::string_view session_id) {
  Turn turn;
  turn.id = row.integer(0);
  turn.session_id = std::string(session_id);
  turn.question = text_of(row, 1);
  turn.standalone_question = text_of(row, 2);
  turn.sql = text_of(row, 3);
  turn.written_by_person = row.integer(4) != 0;
  const auto state = state_from_name(row.text(5));
  if (!state) {
    return damaged("The file of the conversations",
                   fmt::format("turn {} has no known state", turn.id));
  }
  turn.state = *state;
  turn.chart_choice = text_of(row, 6);
  const std::int64_t verdict = row.integer(7);
  turn.verdict = verdict > 0 ? Verdict::up : verdict < 0 ? Verdict::down : Verdict::none;
  turn.comment = text_of(row, 8);
  turn.created_ms = row.integer(9);
  turn.finished_ms = row.integer(10);
  turn.clarifies = row.integer(11);
  return turn;
}

Result<std::string> read_document(sqlite::Connection& connection, std::int64_t turn_id) {
  IDI_TRY(auto statement, connection.prepare("SELECT document FROM documents WHERE turn = ?1"));
  statement.bind(1, turn_id);
  IDI_TRY(const bool row, statement.step());
  return row ? text_of(statement, 0) : std::string();
}

}  // namespace idi::session
