// A question on its way: what is asked, who is told, how to stop it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "clock.hpp"
#include "idi/core/error.hpp"
#include "idi/engine/pipeline.hpp"
#include "query/event_log.hpp"

namespace idi::api {

/// How a question ended. `turn_id` 0: it was not taken, and nothing is kept of it.
struct Ending {
  std::int64_t turn_id = 0;
  std::string answer;  ///< The protocol's Answer.
  std::optional<Error> error;
  bool busy = false;  ///< Not taken because there is too much to do: 429.
};

/// A choice on the card of an earlier turn's answer.
struct Choice {
  std::int64_t turn_id = 0;
  std::string clarification;
  std::string option;
};

struct Job {
  std::string session_id;  ///< Empty: a session is made for it.
  std::string question;
  std::string sql;  ///< The user's own statement; then `question` is empty.
  std::vector<std::string> keywords;
  bool standalone = false;
  bool may_ask_back = true;
  std::optional<Choice> choice;  ///< Then the question is that turn's.
  engine::AskLimits limits;
  /// Called once, on any thread, when all is told and kept. May be empty.
  std::function<void(const Ending&)> on_end;

  std::stop_source stop;
  std::atomic<bool> interrupted = false;  ///< Stopped because the server ends, not by the user.

  // Set while it is taken, before anybody else reads them.
  std::shared_ptr<EventLog> log;
  std::int64_t turn_id = 0;
  /// Of a choice: the question as it was understood then, if that was not as it was asked.
  std::string understood;
  Steady::time_point taken_at = Steady::now();

  [[nodiscard]] bool is_sql() const { return !sql.empty(); }
};

}  // namespace idi::api
