// What was told to the watchers of one session, kept a while for those who lost their connection.
//
// Invariants
// 1. Sequence numbers ascend for each watcher; each sees the events in their order, once.
// 2. The start and the end of a turn are never thinned away while the turn is kept; progress and
//    tokens are, where a later event says it all.
// 3. A turn's end and the session being free again are one step: who sees the end may ask.
// 4. Sequence numbers begin at the time of the log's making (in microseconds), so that they ascend
//    even over a log that was dropped and made again, and over a restart.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "clock.hpp"
#include "idi/core/result.hpp"
#include "idi/http/server.hpp"

namespace idi::api {

struct Job;

struct EventLogLimits {
  std::size_t max_events = 2'000;
  std::size_t max_ended_bytes = 8 << 20;  ///< Of turns that ended; the last one always stays.
  int max_watchers = 16;
};

enum class EventKind { started, queued, progress, token, end };

/// One socket that watches. `gone` may be set on any thread.
struct Watcher {
  explicit Watcher(std::shared_ptr<http::Socket> given) : socket(std::move(given)) {}
  const std::shared_ptr<http::Socket> socket;
  std::atomic<bool> gone = false;
};

/// Thread-safe.
class EventLog {
 public:
  using Compose = std::function<std::string(std::int64_t seq)>;

  EventLog(std::string session_id, const EventLogLimits& limits);
  [[nodiscard]] const std::string& session_id() const { return session_id_; }

  /// The session's only question from now on; false: it has one.
  [[nodiscard]] bool claim(std::shared_ptr<Job> job);
  /// Free again, and nothing was told.
  void release();
  [[nodiscard]] std::shared_ptr<Job> current() const;

  void start(std::int64_t turn_id, const Compose& compose);
  /// `position` is a token's.
  void add(EventKind kind, std::int64_t turn_id, std::size_t position, const Compose& compose);
  void end(std::int64_t turn_id, const Compose& compose);

  /// Says hello, then what was missed: all after `after`, or of the running turn.
  /// Errors: limit_exceeded (max_watchers).
  [[nodiscard]] Result<std::shared_ptr<Watcher>> watch(std::shared_ptr<http::Socket> socket,
                                                       std::optional<std::int64_t> after);
  /// To one watcher alone; not kept.
  void tell(Watcher& watcher, const Compose& compose);
  /// The session is gone: closes every socket.
  void dismiss(std::uint16_t code, std::string_view reason);

  /// What to go on from, for somebody who knows the conversation: a running turn is told whole.
  [[nodiscard]] std::int64_t resume_seq() const;
  /// Forgets ended turns that are older; bytes that ended turns hold afterwards.
  std::size_t tidy(Steady::time_point oldest);
  [[nodiscard]] std::optional<Steady::time_point> last_end() const;
  /// Nothing runs, nobody watches, nothing is kept.
  [[nodiscard]] bool is_idle() const;

 private:
  struct Event {
    std::int64_t seq = 0;
    std::int64_t turn_id = 0;
    EventKind kind = EventKind::started;
    std::size_t position = 0;
    std::string text;
    Steady::time_point at;
  };

  void append(EventKind kind, std::int64_t turn_id, std::size_t position, const Compose& compose);
  void thin();
  void drop_oldest_ended();
  void drop_gone();
  [[nodiscard]] bool is_ended(const Event& event) const;
  [[nodiscard]] std::size_t ended_bytes() const;

  const std::string session_id_;
  const EventLogLimits limits_;
  mutable std::mutex mutex_;
  std::int64_t seq_;
  std::shared_ptr<Job> current_;
  std::int64_t current_turn_ = 0;  ///< 0: none has started.
  std::int64_t seq_before_current_ = 0;
  std::deque<Event> events_;
  std::vector<std::shared_ptr<Watcher>> watchers_;
};

}  // namespace idi::api
