// The one way of a question, called by every entry point: understanding, context, generating,
// verifying, executing, visualizing (event_sink.hpp). Synchronous; a stop request or the passed
// deadline ends it within 100 ms, whatever the phase.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "idi/clarification/clarification.hpp"
#include "idi/core/result.hpp"
#include "idi/db/database.hpp"
#include "idi/engine/answer.hpp"
#include "idi/engine/engines.hpp"
#include "idi/engine/event_sink.hpp"
#include "idi/engine/source.hpp"

namespace idi::engine {

/// What one question may cost. All are enforced.
struct AskLimits {
  std::int64_t timeout_ms = 30'000;  ///< The whole question.
  std::int64_t max_rows = 1'000;     ///< Of the answer; more are cut and said to be.
  std::int64_t max_result_bytes = 16 << 20;
  int max_candidates = 8;
  /// For trying one candidate, in the database's own steps where it counts them
  /// (db::ExecutionLimits): the same on every machine, so the same question gives the same SQL.
  std::int64_t trial_steps = 2'000'000;
  std::int64_t trial_budget_steps = 8'000'000;  ///< For trying all of them.
  std::int64_t trial_timeout_ms = 2'000;        ///< … in time, for databases that count no steps,
  std::int64_t trial_budget_ms = 4'000;         ///< and for machines that are very slow.
  std::int64_t max_trial_rows = 200;
};

/// What was asked before, oldest first; follow-ups are read in its light. Bounded by the caller.
struct ConversationTurn {
  std::string question;  ///< Standing alone.
  std::string sql;       ///< What ran; empty if nothing did.
};

struct Question {
  std::string text;
  std::vector<ConversationTurn> conversation = {};
  std::vector<std::string> keywords = {};  ///< Words to look for besides those of the text.
  bool standalone = false;                 ///< Take it as it is, not as a follow-up.
  /// What the user chose when asked back, in this conversation.
  std::vector<clarification::Resolution> resolutions = {};
  /// False: the best reading is answered however unsure it is, and nothing is refused for it.
  bool may_ask_back = true;
};

/// Parts of the pipeline that evaluation leaves out to see what they are worth.
struct Switches {
  bool execution_choice =
      true;  ///< Off: the engine's first candidate, whatever running them shows.
  bool verification = true;
};

/// One thread at a time (it owns a connection); any number of pipelines may share a source and the
/// engines. Cheap to open.
class Pipeline {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Pipeline>> open(std::shared_ptr<const Source> source,
                                                              Engines engines,
                                                              Switches switches = {});
  virtual ~Pipeline() = default;

  /// An answer of kind clarification where the question is not clear enough to be answered.
  /// Errors: invalid_argument, limit_exceeded (the question), refused (asks to change data),
  /// unanswerable (with what was not understood), timeout, cancelled, those of the database.
  [[nodiscard]] virtual Result<Answer> ask(const Question& question, const AskLimits& limits,
                                           EventSink& events, std::stop_token stop) = 0;

  /// Runs SQL that a person wrote, under the same guard and limits. `explanation` stays empty.
  [[nodiscard]] virtual Result<Answer> run_sql(std::string_view sql, const AskLimits& limits,
                                               EventSink& events, std::stop_token stop) = 0;

  [[nodiscard]] virtual const Source& source() const = 0;
};

}  // namespace idi::engine
