// What llm-bench measures of a served model, as values. See README.md.
#pragma once

#include <string>
#include <vector>

#include "asked_database.hpp"
#include "samples.hpp"
#include "served_model.hpp"

namespace idi::bench {

/// A question's way to its first token.
struct FirstText {
  std::string question;
  int prompt_tokens = 0, cached_tokens = 0;
  double first_text_ms = 0;
};

/// One after the other, each with one token of answer; the first finds an empty cache. REQUIRES: a
/// server that has answered nothing.
[[nodiscard]] Result<std::vector<FirstText>> measure_first_texts(
    const ServedModel& served, const AskedDatabase& database,
    const std::vector<std::string>& questions);

struct Generation {
  int tokens = 0;
  double ms = 0;
  [[nodiscard]] double tokens_per_second() const { return ms > 0 ? tokens * 1000 / ms : 0; }
};

/// The speed of writing, the prompt apart, over the questions; their prompts are in the cache from
/// measure_first_texts.
[[nodiscard]] Result<Generation> measure_generation(const ServedModel& served,
                                                    const AskedDatabase& database,
                                                    const std::vector<std::string>& questions,
                                                    bool with_grammar, int tokens);

/// Milliseconds that IDI adds to a question of the server.
struct Overhead {
  Samples raw;         ///< The raw request, from its first byte out to its last byte in.
  Samples client;      ///< The same through IDI's client.
  Samples added;       ///< The difference within one round.
  Samples client_cpu;  ///< Processor time of our process meanwhile: the same on a busy machine.
  Samples grammar;     ///< What the server needs longer when the grammar is sent along.
  Samples writing;     ///< Linking, prompt and grammar's text, before anything is sent.
  Samples writing_cpu;
};

/// `rounds` of both, in turn, with the prompt of the first question.
[[nodiscard]] Result<Overhead> measure_overhead(const ServedModel& served,
                                                const AskedDatabase& database,
                                                const std::vector<std::string>& questions,
                                                int rounds);

}  // namespace idi::bench
