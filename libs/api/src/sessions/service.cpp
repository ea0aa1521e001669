#include "sessions/service.hpp"

#include <utility>
#include <vector>

#include "sessions/protocol.hpp"

namespace idi::api {
namespace {

constexpr std::size_t max_known = 20'000;
/// In the application's own range (RFC 6455 §7.4.2).
constexpr std::uint16_t close_session_deleted = 4004;

}  // namespace

SessionService::SessionService(std::shared_ptr<session::SessionStore> store, std::string database,
                               QueryService& queries, EventLogs& logs)
    : store_(std::move(store)), database_(std::move(database)), queries_(queries), logs_(logs) {}

std::string SessionService::text_of(const session::Session& session) {
  return session_text(session, logs_.is_running(session.id));
}

void SessionService::remember(std::string_view session_id) {
  const std::lock_guard lock(mutex_);
  if (known_.size() >= max_known) known_.clear();
  known_.emplace(session_id);
}

Result<std::string> SessionService::create(const session::SessionChange& given) {
  IDI_TRY(const auto session, store_->create(given, database_));
  remember(session.id);
  return text_of(session);
}

Result<std::string> SessionService::list(const session::SessionQuery& query) {
  IDI_TRY(const auto page, store_->list(query));
  std::vector<std::string> sessions;
  for (const auto& session : page.sessions) sessions.push_back(text_of(session));
  return session_list_text(sessions, page.total);
}

Result<std::string> SessionService::conversation(std::string_view session_id) {
  // The number is read before the turns: what is told meanwhile is rather told twice than never.
  const auto log = logs_.find(session_id);
  const std::int64_t seq = log ? log->resume_seq() : 0;
  IDI_TRY(const auto session, store_->get(session_id));
  IDI_TRY(const auto turns, store_->turns(session_id, session::max_turns_per_session, true));
  std::vector<std::string> texts;
  for (const auto& turn : turns) texts.push_back(turn_text(turn));
  remember(session_id);
  return conversation_text(text_of(session), texts, seq);
}

Result<std::string> SessionService::change(std::string_view session_id,
                                           const session::SessionChange& change) {
  IDI_TRY(const auto session, store_->change(session_id, change));
  return text_of(session);
}

Status SessionService::remove(std::string_view session_id) {
  IDI_CHECK(store_->remove(session_id));
  {
    const std::lock_guard lock(mutex_);
    if (const auto place = known_.find(session_id); place != known_.end()) known_.erase(place);
  }
  queries_.cancel(session_id);
  if (const auto log = logs_.find(session_id)) {
    log->dismiss(close_session_deleted, "the session was deleted");
  }
  return {};
}

Result<std::string> SessionService::restore(std::string_view session_id) {
  IDI_TRY(const auto session, store_->restore(session_id));
  remember(session_id);
  return text_of(session);
}

Result<std::string> SessionService::resolutions(std::string_view session_id) {
  IDI_TRY(const auto kept, store_->resolutions(session_id));
  return resolution_list_text(kept);
}

Status SessionService::forget(std::string_view session_id,
                              const std::optional<std::string>& clarification) {
  return store_->forget_resolutions(session_id, clarification);
}

Result<bool> SessionService::exists(std::string_view session_id) {
  {
    const std::lock_guard lock(mutex_);
    if (known_.contains(session_id)) return true;
  }
  const auto session = store_->get(session_id);
  if (!session && session.error().code == ErrorCode::not_found) return false;
  if (!session) return session.error();
  remember(session_id);
  return true;
}

}  // namespace idi::api
