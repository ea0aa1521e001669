// Making, finding, changing and deleting sessions. May block: on the desk.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "idi/session/session_store.hpp"
#include "query/event_logs.hpp"
#include "query/service.hpp"

namespace idi::api {

/// Thread-safe. Texts are the protocol's messages.
class SessionService {
 public:
  SessionService(std::shared_ptr<session::SessionStore> store, std::string database,
                 QueryService& queries, EventLogs& logs);

  [[nodiscard]] Result<std::string> create(const session::SessionChange& given);
  [[nodiscard]] Result<std::string> list(const session::SessionQuery& query);
  [[nodiscard]] Result<std::string> conversation(std::string_view session_id);
  [[nodiscard]] Result<std::string> change(std::string_view session_id,
                                           const session::SessionChange& change);
  [[nodiscard]] Status remove(std::string_view session_id);
  [[nodiscard]] Result<std::string> restore(std::string_view session_id);

  /// What was chosen on cards.
  [[nodiscard]] Result<std::string> resolutions(std::string_view session_id);
  /// nullopt: all.
  [[nodiscard]] Status forget(std::string_view session_id,
                              const std::optional<std::string>& clarification);

  /// For handshakes, on the network thread: the store is asked only about sessions that were not
  /// met since the start.
  [[nodiscard]] Result<bool> exists(std::string_view session_id);

 private:
  [[nodiscard]] std::string text_of(const session::Session& session);
  void remember(std::string_view session_id);

  const std::shared_ptr<session::SessionStore> store_;
  const std::string database_;
  QueryService& queries_;
  EventLogs& logs_;
  std::mutex mutex_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace idi::api
