// SessionStore over one SQLite connection. One mutex: a call is one short transaction.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/session/session_store.hpp"
#include "rows.hpp"
#include "store_file.hpp"

namespace idi::session {

class SqliteStore final : public SessionStore {
 public:
  SqliteStore(StoreFile file, std::int64_t busy_timeout_ms);

  /// Turns that no process works on any more are interrupted; what was deleted too long ago goes.
  [[nodiscard]] Status tidy();

  [[nodiscard]] Result<Session> create(const SessionChange& given,
                                       std::string_view database) override;
  [[nodiscard]] Result<SessionPage> list(const SessionQuery& query) override;
  [[nodiscard]] Result<Session> get(std::string_view session_id) override;
  [[nodiscard]] Result<Session> change(std::string_view session_id,
                                       const SessionChange& change) override;
  [[nodiscard]] Status remove(std::string_view session_id) override;
  [[nodiscard]] Result<Session> restore(std::string_view session_id) override;
  [[nodiscard]] Result<Turn> begin_turn(std::string_view session_id, const NewTurn& turn) override;
  [[nodiscard]] Status finish_turn(std::int64_t turn_id, const FinishedTurn& turn) override;
  [[nodiscard]] Result<Turn> change_turn(std::string_view session_id, std::int64_t turn_id,
                                         const TurnChange& change) override;
  [[nodiscard]] Result<Turn> turn(std::string_view session_id, std::int64_t turn_id) override;
  [[nodiscard]] Result<std::vector<Resolution>> resolutions(std::string_view session_id) override;
  [[nodiscard]] Status forget_resolutions(std::string_view session_id,
                                          std::optional<std::string_view> clarification) override;
  [[nodiscard]] Result<std::vector<Turn>> turns(std::string_view session_id, std::int64_t limit,
                                                bool with_documents) override;

 private:
  /// Runs `work` as the only one inside SQLite.
  template <typename Work>
  auto alone(Work work);
  /// The same in a write transaction, which is committed if `work` succeeds.
  template <typename Work>
  auto changing(Work work);

  // Within alone():
  Status write_texts(std::int64_t number, const SessionChange& change);
  Status write_tags(std::int64_t number, const std::vector<std::string>& tags);
  Status touch(std::int64_t number, std::int64_t now_ms);
  Status name_if_unnamed(const StoredSession& stored);
  Status write_document(std::int64_t turn_id, std::string_view document);
  Status purge(std::int64_t now_ms);
  Result<std::int64_t> count(std::string_view sql, std::int64_t parameter);
  Result<Turn> find_turn(const StoredSession& stored, std::int64_t turn_id);

  std::mutex mutex_;
  StoreFile file_;
  sqlite::Connection& connection_;
  std::int64_t busy_timeout_ms_;
};

}  // namespace idi::session
