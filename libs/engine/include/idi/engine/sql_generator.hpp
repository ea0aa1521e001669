// Who writes SQL for a linked question: the built-in parser, a language model (model_generator).
// The pipeline asks one or both of them (engines.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "idi/confidence/confidence.hpp"
#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/engine/event_sink.hpp"
#include "idi/engine/sql_candidate.hpp"
#include "idi/link/linker.hpp"
#include "idi/parser/parser.hpp"
#include "idi/parser/selector.hpp"

namespace idi::engine {

struct GenerateOptions {
  int max_candidates = 8;
  Dialect dialect = Dialect::sqlite;
  /// Words to look for besides those of the question; a language model is told them.
  std::vector<std::string> keywords = {};
  Deadline deadline = Deadline::never();
  std::stop_token stop;
  /// What has to load or to queue first may be waited for so long, within the deadline.
  std::int64_t max_wait_ms = 600'000;
  std::function<void(const DraftToken&)> on_token;  ///< May be empty: nobody watches.
  /// What is happening, for a person ("Waiting for the model to load"), and how much of the
  /// generating is done, 0–1. May be empty.
  std::function<void(std::string_view message, double done)> on_message;
};

/// What a language model needed for one question.
struct ModelTimings {
  int requests = 0;
  int prompt_tokens = 0;
  int cached_tokens = 0;  ///< Of the prompts', those that the server had computed before.
  int generated_tokens = 0;
  double wait_ms = 0;                       ///< For loading, and for those who came before.
  double first_text_ms = 0;                 ///< From the first request to its first text.
  double prompt_ms = 0, generation_ms = 0;  ///< As the server measured them.
};

struct Generation {
  std::vector<SqlCandidate> candidates;  ///< Best first, at most max_candidates.
  std::vector<std::string> notes;        ///< What the user should know of how they came about.
  std::optional<ModelTimings> timings;   ///< Of a language model.
};

/// Of a statement that the guard or the database refused.
struct FailedStatement {
  std::string sql;
  Error error;
  std::vector<std::string> tried = {};  ///< All statements so far: none of them is wanted again.
};

/// What is known of an engine without asking it anything.
struct GeneratorStatus {
  enum class State {
    ready,
    not_started,  ///< Starts when it is first needed.
    starting,
    failed,  ///< `why` says it. It may be tried again.
  };
  State state = State::ready;
  std::string name;  ///< "built-in parser"; a language model's own name.
  std::string why;
};
[[nodiscard]] std::string_view generator_state_name(GeneratorStatus::State state) noexcept;

/// Thread-safe after construction.
class SqlGenerator {
 public:
  virtual ~SqlGenerator() = default;
  /// At least one candidate. Errors: unanswerable (nothing could be written), timeout, cancelled,
  /// unavailable (a model that cannot be reached), refused (its key is wrong).
  [[nodiscard]] virtual Result<Generation> generate(const link::LinkedQuestion& question,
                                                    const link::Linker& linker,
                                                    const GenerateOptions& options) const = 0;
  /// Other candidates, in the light of why one failed; never a text that was there before.
  /// Errors: as generate(); unanswerable where the engine cannot learn from it.
  [[nodiscard]] virtual Result<Generation> repair(const link::LinkedQuestion& question,
                                                  const link::Linker& linker,
                                                  const FailedStatement& failed,
                                                  const GenerateOptions& options) const;
  /// Fitted to this generator's candidates; null: there is none, its own probabilities decide.
  /// Lives as long as the generator.
  [[nodiscard]] virtual const parser::Selector* selector() const { return nullptr; }
  /// Fitted to answers that this generator was the only one to write; null: there is none. Lives
  /// as long as the generator.
  [[nodiscard]] virtual const confidence::Model* confidence() const { return nullptr; }
  [[nodiscard]] virtual Writer writer() const { return Writer::parser; }
  /// For `idi doctor` and logs.
  [[nodiscard]] virtual std::string description() const = 0;
  [[nodiscard]] virtual GeneratorStatus status() const;
  /// How often the answer that it believes in is right, on questions of others (0–1): what its
  /// word is worth beside another engine's.
  [[nodiscard]] virtual double reliability() const { return 0.7; }
};

[[nodiscard]] std::shared_ptr<const SqlGenerator> make_parser_generator(
    std::shared_ptr<const parser::Parser> parser);

}  // namespace idi::engine
