// Rows of the store as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/session/session_store.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::session {

/// A session with its key in the file.
struct StoredSession {
  std::int64_t number = 0;
  Session session;  ///< Without its tags until read_tags().
};

/// Columns for read_session(), from "sessions AS s".
inline constexpr std::string_view session_columns =
    "s.number, s.id, s.name, s.description, s.database, s.created_ms, s.updated_ms, "
    "(SELECT count(*) FROM turns WHERE turns.session = s.number)";
[[nodiscard]] StoredSession read_session(const sqlite::Statement& row);
[[nodiscard]] Status read_tags(sqlite::Connection& connection, StoredSession& stored);

/// Not deleted, with its tags. Errors: not_found.
[[nodiscard]] Result<StoredSession> find_session(sqlite::Connection& connection,
                                                 std::string_view session_id);
[[nodiscard]] Error no_session();
[[nodiscard]] Error no_turn();

/// Columns for read_turn(), from "turns AS t".
inline constexpr std::string_view turn_columns =
    "t.id, t.question, t.standalone_question, t.sql, t.written_by_person, t.state, "
    "t.chart_choice, t.verdict, t.comment, t.created_ms, t.finished_ms, t.clarifies";
/// Without its document. Errors: unreadable.
[[nodiscard]] Result<Turn> read_turn(const sqlite::Statement& row, std::string_view session_id);
/// Empty if there is none.
[[nodiscard]] Result<std::string> read_document(sqlite::Connection& connection,
                                                std::int64_t turn_id);

}  // namespace idi::session
