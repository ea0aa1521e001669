// Conversations that outlive the process: sessions, their turns (question, SQL, answer, chart,
// feedback). What returned without error is on disk and survives kill -9. Interface of the seam;
// SQLite is the embedded implementation.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::session {

/// All lengths in bytes of UTF-8. Longer input: limit_exceeded, nothing is written. Invalid UTF-8
/// becomes U+FFFD. Names and tags are one line: control characters and runs of blanks become one
/// blank; tags that are empty then are left out.
inline constexpr std::size_t max_name_bytes = 200;
inline constexpr std::size_t max_description_bytes = 2'000;
inline constexpr std::size_t max_tags = 20;
inline constexpr std::size_t max_tag_bytes = 50;
inline constexpr std::size_t max_database_bytes = 500;     ///< Of the database's name.
inline constexpr std::size_t max_question_bytes = 16'000;  ///< As asked; standalone alike.
inline constexpr std::size_t max_sql_bytes = 1'000'000;
inline constexpr std::size_t max_comment_bytes = 2'000;
inline constexpr std::size_t max_chart_choice_bytes = 20'000;
inline constexpr std::size_t max_document_bytes = 4 << 20;  ///< One stored answer.
/// What turns() returns together; the oldest beyond it come without their documents.
inline constexpr std::size_t max_documents_bytes = 64 << 20;
inline constexpr std::size_t max_search_bytes = 1'000;
inline constexpr std::size_t max_resolution_bytes = 1'000;  ///< Each text of a resolution.
inline constexpr std::int64_t max_resolutions = 200;        ///< Of a session.
inline constexpr std::int64_t max_page_sessions = 1'000;
inline constexpr std::int64_t max_turns_per_session = 2'000;
inline constexpr std::int64_t max_sessions = 100'000;
/// A deleted session can be restored for so long; then it is gone for good.
inline constexpr std::int64_t undo_days = 7;

/// Times are milliseconds since 1970, UTC.
struct Session {
  std::string id;    ///< "s_" and 22 characters of base64url: 128 random bits, not guessable.
  std::string name;  ///< Empty until named; made from the first question.
  std::string description;
  std::vector<std::string> tags;  ///< Each once, in the order given.
  std::string database;           ///< Name of the database that it is about.
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;  ///< Of the last turn or change; feedback is none.
  std::int64_t turn_count = 0;
};

enum class TurnState : std::uint8_t {
  running,      ///< Begun, not ended.
  answered,     ///< `document` holds the answer.
  failed,       ///< `document` holds the error.
  cancelled,    ///< Stopped by the user.
  interrupted,  ///< The program ended in the middle; set when the store is opened again.
};
[[nodiscard]] std::string_view turn_state_name(TurnState state) noexcept;

enum class Verdict : std::uint8_t { none, up, down };

/// What the user chose when he was asked back; holds for the session. The ids mean nothing here.
struct Resolution {
  std::string clarification;  ///< What was unclear: each once in a session.
  std::string option;         ///< What was chosen.
  std::string phrase;         ///< For people: the unclear words.
  std::string label;          ///< For people: the option.
  std::int64_t chosen_ms = 0;
};

struct Turn {
  std::int64_t id = 0;  ///< Unique in the store, ascending.
  std::string session_id;
  std::string question;             ///< As asked; empty if SQL was given.
  std::string standalone_question;  ///< As understood in the conversation; empty if the same.
  std::string sql;                  ///< What ran, or what a person gave.
  bool written_by_person = false;   ///< The SQL is the user's own.
  std::int64_t clarifies = 0;  ///< The turn that asked back, and whose question this is; 0: none.
  TurnState state = TurnState::running;
  std::string document;      ///< JSON of the answer or error, as the edge made it; opaque here.
  std::string chart_choice;  ///< JSON of the user's chart choice; empty: none.
  Verdict verdict = Verdict::none;
  std::string comment;
  std::int64_t created_ms = 0;
  std::int64_t finished_ms = 0;  ///< 0 while running.
};

struct SessionQuery {
  /// Parts of words, each of which is in the name, the description, a tag or a question; letter
  /// case does not count, no character has a meaning. Empty: all.
  std::string search;
  std::string tag;          ///< Exactly this tag; empty: any.
  std::int64_t limit = 50;  ///< More than max_page_sessions is that many.
  std::int64_t offset = 0;
};

struct SessionPage {
  std::vector<Session> sessions;  ///< Last updated first.
  std::int64_t total = 0;
};

/// Absent fields stay as they are.
struct SessionChange {
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> tags;
};

struct NewTurn {
  std::string question;
  std::string sql;
  bool written_by_person = false;
  std::int64_t clarifies = 0;  ///< A turn of this session, else not_found; 0: none.
  /// Kept together with the turn, or not at all; takes the place of an earlier one for the same
  /// clarification. `chosen_ms` is set by the store.
  std::optional<Resolution> chosen = std::nullopt;
};

struct FinishedTurn {
  TurnState state = TurnState::answered;  ///< Not running.
  std::string standalone_question;
  std::string sql;  ///< Empty: what begin_turn was given stays.
  std::string document;
};

/// Absent fields stay as they are.
struct TurnChange {
  std::optional<Verdict> verdict;
  std::optional<std::string> comment;
  std::optional<std::string> chart_choice;
};

/// Thread-safe. Errors of every method: io_failed (disk full, read-only), unavailable (locked too
/// long), unreadable (the file is damaged); not_found for an id that does not exist or was deleted;
/// limit_exceeded; invalid_argument for negative numbers. After an error nothing has changed.
class SessionStore {
 public:
  virtual ~SessionStore() = default;

  [[nodiscard]] virtual Result<Session> create(const SessionChange& given,
                                               std::string_view database) = 0;
  [[nodiscard]] virtual Result<SessionPage> list(const SessionQuery& query) = 0;
  [[nodiscard]] virtual Result<Session> get(std::string_view session_id) = 0;
  [[nodiscard]] virtual Result<Session> change(std::string_view session_id,
                                               const SessionChange& change) = 0;
  /// Hides it; restorable for undo_days.
  [[nodiscard]] virtual Status remove(std::string_view session_id) = 0;
  [[nodiscard]] virtual Result<Session> restore(std::string_view session_id) = 0;

  /// Of one session. An unnamed session is named after its first question.
  [[nodiscard]] virtual Result<Turn> begin_turn(std::string_view session_id,
                                                const NewTurn& turn) = 0;
  /// Once; conflict if it is not running any more. A session that was deleted meanwhile takes its
  /// answer too, for when it is restored.
  [[nodiscard]] virtual Status finish_turn(std::int64_t turn_id, const FinishedTurn& turn) = 0;
  [[nodiscard]] virtual Result<Turn> change_turn(std::string_view session_id, std::int64_t turn_id,
                                                 const TurnChange& change) = 0;
  [[nodiscard]] virtual Result<Turn> turn(std::string_view session_id, std::int64_t turn_id) = 0;
  /// Last chosen first.
  [[nodiscard]] virtual Result<std::vector<Resolution>> resolutions(
      std::string_view session_id) = 0;
  /// not_found if there is none for this clarification; nullopt: all, however many there are.
  [[nodiscard]] virtual Status forget_resolutions(
      std::string_view session_id, std::optional<std::string_view> clarification) = 0;
  /// Oldest first; the last `limit` of them. `with_documents` false leaves `document` empty.
  [[nodiscard]] virtual Result<std::vector<Turn>> turns(std::string_view session_id,
                                                        std::int64_t limit,
                                                        bool with_documents) = 0;
};

struct SqliteStoreOptions {
  /// Made if absent, with its folder, for its owner alone (0600, 0700). Beside it lie SQLite's
  /// "-wal" and "-shm" and our "-lock".
  std::filesystem::path file;
  std::int64_t busy_timeout_ms = 5'000;
};

/// SQLite in WAL with synchronous=FULL; migrates older versions forward. One store per file at a
/// time, in this process or another: the lock file is held while it is open. Running turns of a
/// dead process become interrupted, and what was deleted longer ago than undo_days is purged.
/// Errors: conflict (another process has it), wrong_version (made by a newer program), unreadable
/// (damaged, another program's file, no permission), io_failed; the file is left as it is then.
[[nodiscard]] Result<std::unique_ptr<SessionStore>> open_sqlite_store(
    const SqliteStoreOptions& options);

}  // namespace idi::session
