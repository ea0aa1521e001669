#include "sqlite_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <type_traits>
#include <utility>

#include "folded_texts.hpp"
#include "limits.hpp"
#include "naming.hpp"
#include "random_id.hpp"
#include "resolutions.hpp"
#include "session_search.hpp"
#include "store_errors.hpp"
#include "transaction.hpp"

namespace idi::session {
namespace {

constexpr std::int64_t day_ms = 24 * 60 * 60 * 1'000;

std::int64_t now_in_ms() {
  using std::chrono::duration_cast;
  return duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t stored_verdict(Verdict verdict) {
  return verdict == Verdict::up ? 1 : verdict == Verdict::down ? -1 : 0;
}

}  // namespace

SqliteStore::SqliteStore(StoreFile file, std::int64_t busy_timeout_ms)
    : file_(std::move(file)), connection_(file_.connection), busy_timeout_ms_(busy_timeout_ms) {}

template <typename Work>
auto SqliteStore::alone(Work work) {
  const std::lock_guard lock(mutex_);
  file_.busy->until = Deadline::after(std::chrono::milliseconds(busy_timeout_ms_));
  return in_store_words(work());
}

template <typename Work>
auto SqliteStore::changing(Work work) {
  return alone([&]() -> std::invoke_result_t<Work> {
    IDI_TRY(auto transaction, Transaction::begin(connection_));
    auto result = work();
    if (!result) return result;
    IDI_CHECK(transaction.commit());
    return result;
  });
}

Status SqliteStore::tidy() {
  return changing([&]() -> Status {
    const std::int64_t now = now_in_ms();
    IDI_TRY(auto interrupt,
            connection_.prepare("UPDATE turns SET state = 'interrupted', "
                                "finished_ms = max(created_ms, ?1) WHERE state = 'running'"));
    interrupt.bind(1, now);
    IDI_CHECK(interrupt.run());
    return purge(now);
  });
}

Status SqliteStore::purge(std::int64_t now_ms) {
  IDI_TRY(auto statement, connection_.prepare("DELETE FROM sessions WHERE deleted_ms < ?1"));
  statement.bind(1, now_ms - undo_days * day_ms);
  return statement.run();
}

Result<std::int64_t> SqliteStore::count(std::string_view sql, std::int64_t parameter) {
  IDI_TRY(auto statement, connection_.prepare(sql));
  if (statement.parameter_count() > 0) statement.bind(1, parameter);
  IDI_TRY(const bool row, statement.step());
  return row ? statement.integer(0) : 0;
}

Result<Session> SqliteStore::create(const SessionChange& given, std::string_view database) {
  IDI_TRY(const SessionChange good, checked(given));
  IDI_TRY(const std::string about, checked_text(database, "database's name", max_database_bytes));
  IDI_TRY(const std::string id, new_session_id());
  return changing([&]() -> Result<Session> {
    IDI_TRY(const std::int64_t sessions, count("SELECT count(*) FROM sessions", 0));
    if (sessions >= max_sessions) {
      return make_error(ErrorCode::limit_exceeded,
                        fmt::format("There are {} conversations, and no room for more", sessions),
                        fmt::format("Delete old ones; they are gone after {} days.", undo_days));
    }
    IDI_TRY(auto insert, connection_.prepare(
                             "INSERT INTO sessions (id, name, description, database, created_ms, "
                             "updated_ms) VALUES (?1, '', '', ?2, ?3, ?3)"));
    insert.bind(1, std::string_view(id));
    insert.bind(2, std::string_view(about));
    insert.bind(3, now_in_ms());
    IDI_CHECK(insert.run());
    IDI_CHECK(write_texts(connection_.last_insert_rowid(), good));
    IDI_TRY(StoredSession stored, find_session(connection_, id));
    return std::move(stored.session);
  });
}

Result<SessionPage> SqliteStore::list(const SessionQuery& query) {
  return alone([&] { return find_page(connection_, query); });
}

Result<Session> SqliteStore::get(std::string_view session_id) {
  return alone([&]() -> Result<Session> {
    IDI_TRY(StoredSession stored, find_session(connection_, session_id));
    return std::move(stored.session);
  });
}

Result<Session> SqliteStore::change(std::string_view session_id, const SessionChange& change) {
  IDI_TRY(const SessionChange good, checked(change));
  return changing([&]() -> Result<Session> {
    IDI_TRY(const StoredSession before, find_session(connection_, session_id));
    IDI_CHECK(write_texts(before.number, good));
    IDI_CHECK(touch(before.number, now_in_ms()));
    IDI_TRY(StoredSession after, find_session(connection_, session_id));
    return std::move(after.session);
  });
}

Status SqliteStore::write_texts(std::int64_t number, const SessionChange& change) {
  IDI_TRY(auto update, connection_.prepare("UPDATE sessions SET name = coalesce(?2, name), "
                                           "description = coalesce(?3, description) "
                                           "WHERE number = ?1"));
  update.bind(1, number);
  if (change.name) update.bind(2, std::string_view(*change.name));
  if (change.description) update.bind(3, std::string_view(*change.description));
  IDI_CHECK(update.run());
  if (change.tags) IDI_CHECK(write_tags(number, *change.tags));
  return fold_session(connection_, number);
}

Status SqliteStore::write_tags(std::int64_t number, const std::vector<std::string>& tags) {
  IDI_TRY(auto remove, connection_.prepare("DELETE FROM tags WHERE session = ?1"));
  remove.bind(1, number);
  IDI_CHECK(remove.run());
  IDI_TRY(auto insert, connection_.prepare("INSERT INTO tags (session, position, tag) "
                                           "VALUES (?1, ?2, ?3)"));
  std::int64_t position = 0;
  for (const std::string& tag : tags) {
    insert.bind(1, number);
    insert.bind(2, position++);
    insert.bind(3, std::string_view(tag));
    IDI_CHECK(insert.run());
  }
  return {};
}

Status SqliteStore::touch(std::int64_t number, std::int64_t now_ms) {
  // Clocks are set back; what is changed later never sorts before.
  IDI_TRY(auto update, connection_.prepare("UPDATE sessions SET updated_ms = max(updated_ms, ?2) "
                                           "WHERE number = ?1"));
  update.bind(1, number);
  update.bind(2, now_ms);
  return update.run();
}

Status SqliteStore::remove(std::string_view session_id) {
  return changing([&]() -> Status {
    const std::int64_t now = now_in_ms();
    IDI_CHECK(purge(now));
    IDI_TRY(const StoredSession stored, find_session(connection_, session_id));
    IDI_TRY(auto update,
            connection_.prepare("UPDATE sessions SET deleted_ms = ?2 WHERE number = ?1"));
    update.bind(1, stored.number);
    update.bind(2, now);
    return update.run();
  });
}

Result<Session> SqliteStore::restore(std::string_view session_id) {
  return changing([&]() -> Result<Session> {
    IDI_CHECK(purge(now_in_ms()));
    IDI_TRY(auto update, connection_.prepare("UPDATE sessions SET deleted_ms = NULL "
                                             "WHERE id = ?1"));
    update.bind(1, session_id);
    IDI_CHECK(update.run());
    IDI_TRY(StoredSession stored, find_session(connection_, session_id));
    return std::move(stored.session);
  });
}

Result<Turn> SqliteStore::begin_turn(std::string_view session_id, const NewTurn& turn) {
  IDI_TRY(const NewTurn good, checked(turn));
  return changing([&]() -> Result<Turn> {
    IDI_TRY(const StoredSession stored, find_session(connection_, session_id));
    if (stored.session.turn_count >= max_turns_per_session) {
      return make_error(ErrorCode::limit_exceeded,
                        fmt::format("This conversation has {} questions, and no room for more",
                                    stored.session.turn_count),
                        "Begin a new one.");
    }
    const std::int64_t now = now_in_ms();
    if (good.clarifies != 0) IDI_CHECK(find_turn(stored, good.clarifies));
    if (good.chosen) IDI_CHECK(keep_resolution(connection_, stored.number, *good.chosen, now));
    IDI_TRY(auto insert,
            connection_.prepare("INSERT INTO turns (session, state, written_by_person, created_ms, "
                                "finished_ms, verdict, question, standalone_question, comment, "
                                "chart_choice, sql, clarifies) "
                                "VALUES (?1, 'running', ?2, ?3, 0, 0, ?4, '', '', '', ?5, ?6)"));
    insert.bind(1, stored.number);
    insert.bind(2, std::int64_t{good.written_by_person});
    insert.bind(3, now);
    insert.bind(4, std::string_view(good.question));
    insert.bind(5, std::string_view(good.sql));
    insert.bind(6, good.clarifies);
    IDI_CHECK(insert.run());
    const std::int64_t turn_id = connection_.last_insert_rowid();
    if (!good.question.empty()) IDI_CHECK(fold_questions(connection_, turn_id));
    IDI_CHECK(touch(stored.number, now));
    if (stored.session.name.empty()) IDI_CHECK(name_if_unnamed(stored));
    return find_turn(stored, turn_id);
  });
}

Status SqliteStore::name_if_unnamed(const StoredSession& stored) {
  IDI_TRY(auto first, connection_.prepare("SELECT question FROM turns WHERE session = ?1 "
                                          "AND question <> '' ORDER BY id LIMIT 1"));
  first.bind(1, stored.number);
  IDI_TRY(const bool row, first.step());
  if (!row) return {};
  SessionChange named;
  named.name = name_from_question(first.text(0));
  return write_texts(stored.number, named);
}

Status SqliteStore::finish_turn(std::int64_t turn_id, const FinishedTurn& turn) {
  IDI_TRY(const FinishedTurn good, checked(turn));
  return changing([&]() -> Status {
    IDI_TRY(auto find, connection_.prepare("SELECT session, state FROM turns WHERE id = ?1"));
    find.bind(1, turn_id);
    IDI_TRY(const bool row, find.step());
    if (!row) return no_turn();
    const std::int64_t number = find.integer(0);
    if (find.text(1) != turn_state_name(TurnState::running)) {
      return make_error(ErrorCode::conflict, "This question has ended already", {},
                        fmt::format("turn {} is {}", turn_id, find.text(1)));
    }
    const std::int64_t now = now_in_ms();
    IDI_TRY(auto update,
            connection_.prepare("UPDATE turns SET state = ?2, standalone_question = ?3, "
                                "sql = CASE WHEN ?4 = '' THEN sql ELSE ?4 END, "
                                "finished_ms = max(created_ms, ?5) WHERE id = ?1"));
    update.bind(1, turn_id);
    update.bind(2, turn_state_name(good.state));
    update.bind(3, std::string_view(good.standalone_question));
    update.bind(4, std::string_view(good.sql));
    update.bind(5, now);
    IDI_CHECK(update.run());
    IDI_CHECK(write_document(turn_id, good.document));
    if (!good.standalone_question.empty()) IDI_CHECK(fold_questions(connection_, turn_id));
    return touch(number, now);
  });
}

Status SqliteStore::write_document(std::int64_t turn_id, std::string_view document) {
  if (document.empty()) return {};
  IDI_TRY(auto insert,
          connection_.prepare("INSERT INTO documents (turn, document) VALUES (?1, ?2)"));
  insert.bind(1, turn_id);
  insert.bind(2, document);
  return insert.run();
}

Result<Turn> SqliteStore::find_turn(const StoredSession& stored, std::int64_t turn_id) {
  IDI_TRY(auto statement,
          connection_.prepare(fmt::format(
              "SELECT {} FROM turns AS t WHERE t.id = ?1 AND t.session = ?2", turn_columns)));
  statement.bind(1, turn_id);
  statement.bind(2, stored.number);
  IDI_TRY(const bool row, statement.step());
  if (!row) return no_turn();
  IDI_TRY(Turn turn, read_turn(statement, stored.session.id));
  IDI_TRY(turn.document, read_document(connection_, turn_id));
  return turn;
}

Result<Turn> SqliteStore::change_turn(std::string_view session_id, std::int64_t turn_id,
                                      const TurnChange& change) {
  IDI_TRY(const TurnChange good, checked(change));
  return changing([&]() -> Result<Turn> {
    IDI_TRY(const StoredSession stored, find_session(connection_, session_id));
    IDI_TRY(auto update, connection_.prepare("UPDATE turns SET verdict = coalesce(?3, verdict), "
                                             "comment = coalesce(?4, comment), "
                                             "chart_choice = coalesce(?5, chart_choice) "
                                             "WHERE id = ?1 AND session = ?2"));
    update.bind(1, turn_id);
    update.bind(2, stored.number);
    if (good.verdict) update.bind(3, stored_verdict(*good.verdict));
    if (good.comment) update.bind(4, std::string_view(*good.comment));
    if (good.chart_choice) update.bind(5, std::string_view(*good.chart_choice));
    IDI_CHECK(update.run());
    return find_turn(stored, turn_id);
  });
}

Result<Turn> SqliteStore::turn(std::string_view session_id, std::int64_t turn_id) {
  return alone([&]() -> Result<Turn> {
    IDI_TRY(const StoredSession stored, find_session(connection_, session_id));
    return find_turn(stored, turn_id);
  });
}

Result<std::vector<Resolution>> SqliteStore::resolutions(std::string_view session_id) {
  return alone([&]() -> Result<std::vector<Resolution>> {
    IDI_TRY(const StoredSession stored, find_session(connection_, session_id));
    return kept_resolutions(connection_, stored.number);
  });
}

Status SqliteStore::forget_resolutions(std::string_view session_id,
                                       std::optional<std::string_view> clarification) {
  return changing([&]() -> Status {
    IDI_TRY(const StoredSession stored, find_session(connection_, session_id));
    return forget(connection_, stored.number, clarification);
  });
}

Result<std::vector<Turn>> SqliteStore::turns(std::string_view session_id, std::int64_t limit,
                                             bool with_documents) {
  if (limit < 0) {
    return make_error(ErrorCode::invalid_argument, "There is no negative number of turns");
  }
  return alone([&]() -> Result<std::vector<Turn>> {
    IDI_TRY(const StoredSession stored, find_session(connection_, session_id));
    IDI_TRY(auto rows,
            connection_.prepare(fmt::format("SELECT {} FROM turns AS t WHERE t.session = ?1 "
                                            "ORDER BY t.id DESC LIMIT ?2",
                                            turn_columns)));
    rows.bind(1, stored.number);
    rows.bind(2, std::min(limit, max_turns_per_session));
    std::vector<Turn> found;
    std::size_t document_bytes = 0;
    for (;;) {
      IDI_TRY(const bool row, rows.step());
      if (!row) break;
      IDI_TRY(Turn turn, read_turn(rows, session_id));
      if (with_documents && document_bytes < max_documents_bytes) {
        IDI_TRY(std::string document, read_document(connection_, turn.id));
        document_bytes += document.size();
        if (document_bytes <= max_documents_bytes) turn.document = std::move(document);
      }
      found.push_back(std::move(turn));
    }
    std::reverse(found.begin(), found.end());
    return found;
  });
}

Result<std::unique_ptr<SessionStore>> open_sqlite_store(const SqliteStoreOptions& options) {
  IDI_TRY(StoreFile file, open_store_file(options.file, options.busy_timeout_ms));
  auto store = std::make_unique<SqliteStore>(std::move(file), options.busy_timeout_ms);
  IDI_CHECK(store->tidy());
  return std::unique_ptr<SessionStore>(std::move(store));
}

}  // namespace idi::session
