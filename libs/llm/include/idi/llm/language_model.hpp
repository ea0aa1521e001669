// A language model behind a server: llama.cpp's llama-server (everything: grammar, adapters, log-
// probabilities, slots), or any server that speaks OpenAI's chat completions (less). One object may
// be used by many threads; each call blocks until its text is complete, the deadline has passed or
// a stop is asked for, which closes the connection: the server ends its work within 100 ms.
// Protocols: llama.cpp tools/server/README.md; platform.openai.com/docs/api-reference/chat.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"

namespace idi::llm {

struct Endpoint {
  std::string url;      ///< "http://127.0.0.1:8081"; a trailing /v1 is understood.
  std::string api_key;  ///< May be empty. Never in a message or a log.
  std::string model;    ///< The name to ask for; empty: the server's first.
  /// llama-server was started with `--cache-ram 0`. With adapters its prompt cache is used then
  /// only: what it keeps beside its slots it also gives to requests with other adapters (llama.cpp
  /// #26207).
  bool caches_in_slots_only = false;
};

struct ChatMessage {
  enum class Role { system, user, assistant };
  Role role = Role::user;
  std::string text;
};

struct AdapterScale {
  int id = 0;
  double scale = 0;
};

struct CompletionRequest {
  /// Text as it is, or messages that the server puts into the model's own chat template.
  std::variant<std::string, std::vector<ChatMessage>> prompt;
  std::string grammar;     ///< GBNF; empty: free. Needs Capabilities::grammar.
  int max_tokens = 256;    ///< At least 1, as are the candidates.
  int candidates = 1;      ///< Texts from one prefill; the first is greedy when temperature is 0.
  double temperature = 0;  ///< For the candidates after the first at least `spread_temperature`.
  double spread_temperature = 0.7;
  std::uint32_t seed = 1;  ///< The same request with the same seed has the same answer.
  std::vector<std::string> stop_texts;
  bool log_probabilities = true;  ///< Costs the server some work on every token.
  /// Every adapter that the server knows is sent, those not named here with scale 0.
  std::vector<AdapterScale> adapters;
  Deadline deadline = Deadline::never();
  std::stop_token stop;
  /// Of the first candidate, valid UTF-8 pieces, as they come; by the calling thread. May be empty,
  /// must not throw.
  std::function<void(std::string_view text)> on_text;
};

struct Completion {
  std::string text;
  /// Sum over its tokens, the one that ends it included, of the natural logarithm of the model's
  /// own probability: before temperature and grammar, so that a grammar's forced tokens count as
  /// what the model thought of them. nullopt where the server does not tell it of every token:
  /// OpenAI's interface without logprobs; llama-server when several tokens made up one character,
  /// or of tokens that its n-gram speculation guessed.
  std::optional<double> log_probability;
  int tokens = 0;
  bool complete = true;  ///< Ended by itself, not by max_tokens.
};

/// As the server measured it.
struct Timings {
  int prompt_tokens = 0;
  int cached_tokens = 0;  ///< Of the prompt, those that were in the cache.
  int generated_tokens = 0;
  double prompt_ms = 0, generation_ms = 0;
  double first_text_ms = 0;  ///< Ours: from the call to the first piece of text.
};

struct Completions {
  std::vector<Completion> candidates;  ///< In the order of generation; at least one.
  Timings timings;
};

struct Capabilities {
  std::string model;  ///< Its name, for a person.
  /// log_probabilities: for certain; other servers may give them nevertheless.
  bool grammar = false, adapters = false, log_probabilities = false, slots = false;
  int context_tokens = 0;  ///< Of one slot; 0: unknown.
  int slot_count = 1;
  std::vector<std::string> adapter_names;  ///< The index is the id.
};

class LanguageModel {
 public:
  virtual ~LanguageModel() = default;
  /// Errors: unavailable (down, broken off, overloaded: after retries where nothing was received),
  /// refused (wrong key), timeout, cancelled, limit_exceeded (prompt longer than the context: says
  /// both numbers where the server does; a server that does not stop), invalid_argument (the
  /// server's words in detail; an adapter that is not there), not_found (no such model),
  /// not_supported (grammar or adapters where capabilities() has none), internal (no sense in what
  /// the server says: HTML, no JSON).
  [[nodiscard]] virtual Result<Completions> complete(const CompletionRequest& request) = 0;
  /// Asked of the server at opening.
  [[nodiscard]] virtual const Capabilities& capabilities() const = 0;
  /// Number of tokens of a text; estimated from above where the server cannot tell.
  [[nodiscard]] virtual Result<int> count_tokens(std::string_view text, Deadline deadline,
                                                 std::stop_token stop) = 0;
};

/// Finds out which kind of server it is. Errors: as complete().
[[nodiscard]] Result<std::shared_ptr<LanguageModel>> open_language_model(const Endpoint& endpoint,
                                                                         Deadline deadline,
                                                                         std::stop_token stop);

}  // namespace idi::llm
