#include "query/event_log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "idi/core/assert.hpp"
#include "query/protocol.hpp"

namespace idi::api {
namespace {

std::int64_t first_seq() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

EventLog::EventLog(std::string session_id, const EventLogLimits& limits)
    : session_id_(std::move(session_id)), limits_(limits), seq_(first_seq()) {}

bool EventLog::claim(std::shared_ptr<Job> job) {
  const std::lock_guard lock(mutex_);
  if (current_) return false;
  current_ = std::move(job);
  current_turn_ = 0;
  seq_before_current_ = seq_;
  return true;
}

void EventLog::release() {
  const std::lock_guard lock(mutex_);
  current_.reset();
}

std::shared_ptr<Job> EventLog::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void EventLog::start(std::int64_t turn_id, const Compose& compose) {
  const std::lock_guard lock(mutex_);
  current_turn_ = turn_id;
  append(EventKind::started, turn_id, 0, compose);
}

void EventLog::add(EventKind kind, std::int64_t turn_id, std::size_t position,
                   const Compose& compose) {
  const std::lock_guard lock(mutex_);
  append(kind, turn_id, position, compose);
}

void EventLog::end(std::int64_t turn_id, const Compose& compose) {
  const std::lock_guard lock(mutex_);
  append(EventKind::end, turn_id, 0, compose);
  current_.reset();  // invariant 3
  current_turn_ = 0;
  // The end says it all: what led there is of no use to anybody who comes later.
  std::erase_if(events_, [&](const Event& event) {
    return event.turn_id == turn_id && event.kind != EventKind::started &&
           event.kind != EventKind::end;
  });
  drop_oldest_ended();
}

void EventLog::append(EventKind kind, std::int64_t turn_id, std::size_t position,
                      const Compose& compose) {
  const std::int64_t seq = ++seq_;
  events_.push_back({seq, turn_id, kind, position, compose(seq), Steady::now()});
  drop_gone();
  for (const auto& watcher : watchers_) watcher->socket->send(events_.back().text);
  if (events_.size() > limits_.max_events) thin();
}

void EventLog::thin() {
  // From the end: the last progress and position count, and of the tokens those that no later one
  // took the place of (invariant 2).
  bool seen_progress = false;
  bool seen_queued = false;
  std::size_t lowest = static_cast<std::size_t>(-1);
  std::deque<Event> kept;
  for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
    bool keep = true;
    if (!is_ended(*event)) {
      if (event->kind == EventKind::progress) keep = !std::exchange(seen_progress, true);
      if (event->kind == EventKind::queued) keep = !std::exchange(seen_queued, true);
      if (event->kind == EventKind::token) {
        keep = event->position < lowest;
        lowest = std::min(lowest, event->position);
      }
    }
    if (keep) kept.push_front(std::move(*event));
  }
  events_ = std::move(kept);
  // A draft of so many tokens: its beginning goes, the start and the end of turns stay.
  while (events_.size() > limits_.max_events) {
    const auto token = std::find_if(events_.begin(), events_.end(), [](const Event& event) {
      return event.kind == EventKind::token;
    });
    if (token == events_.end()) {
      events_.pop_front();
    } else {
      events_.erase(token);
    }
  }
}

void EventLog::drop_oldest_ended() {
  while (ended_bytes() > limits_.max_ended_bytes) {
    const std::int64_t oldest = events_.front().turn_id;
    const bool is_last = std::all_of(events_.begin(), events_.end(),
                                     [&](const Event& event) { return event.turn_id == oldest; });
    if (is_last) return;
    std::erase_if(events_, [&](const Event& event) { return event.turn_id == oldest; });
  }
}

void EventLog::drop_gone() {
  std::erase_if(watchers_, [](const auto& watcher) { return watcher->gone.load(); });
}

bool EventLog::is_ended(const Event& event) const { return event.turn_id != current_turn_; }

std::size_t EventLog::ended_bytes() const {
  std::size_t bytes = 0;
  for (const auto& event : events_) {
    if (is_ended(event)) bytes += event.text.size();
  }
  return bytes;
}

Result<std::shared_ptr<Watcher>> EventLog::watch(std::shared_ptr<http::Socket> socket,
                                                 std::optional<std::int64_t> after) {
  const std::lock_guard lock(mutex_);
  drop_gone();
  if (watchers_.size() >= static_cast<std::size_t>(limits_.max_watchers)) {
    return make_error(ErrorCode::limit_exceeded, "this session is open in too many places already",
                      "Close one of its other windows.");
  }
  auto watcher = std::make_shared<Watcher>(std::move(socket));
  const auto running =
      current_turn_ != 0 ? std::optional<std::int64_t>(current_turn_) : std::nullopt;
  watcher->socket->send(hello_text(session_id_, seq_, running));
  // A number that this log never gave is of another time: then the running turn is told whole.
  const bool knows = after && *after <= seq_;
  for (const auto& event : events_) {
    if (knows ? event.seq > *after : !is_ended(event)) watcher->socket->send(event.text);
  }
  watchers_.push_back(watcher);
  return watcher;
}

void EventLog::tell(Watcher& watcher, const Compose& compose) {
  const std::lock_guard lock(mutex_);
  if (!watcher.gone) watcher.socket->send(compose(++seq_));
}

void EventLog::dismiss(std::uint16_t code, std::string_view reason) {
  const std::lock_guard lock(mutex_);
  for (const auto& watcher : watchers_) {
    watcher->gone = true;
    watcher->socket->close(code, reason);
  }
  watchers_.clear();
}

std::int64_t EventLog::resume_seq() const {
  const std::lock_guard lock(mutex_);
  return current_ ? seq_before_current_ : seq_;
}

std::size_t EventLog::tidy(Steady::time_point oldest) {
  const std::lock_guard lock(mutex_);
  drop_gone();
  std::erase_if(events_, [&](const Event& event) { return is_ended(event) && event.at < oldest; });
  return ended_bytes();
}

std::optional<Steady::time_point> EventLog::last_end() const {
  const std::lock_guard lock(mutex_);
  std::optional<Steady::time_point> last;
  for (const auto& event : events_) {
    if (event.kind == EventKind::end) last = event.at;
  }
  return last;
}

bool EventLog::is_idle() const {
  const std::lock_guard lock(mutex_);
  return !current_ && watchers_.empty() && events_.empty();
}

}  // namespace idi::api
