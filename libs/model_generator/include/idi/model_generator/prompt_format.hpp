// How a language model is spoken to. Immutable after making; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/engine/sql_candidate.hpp"
#include "idi/engine/sql_generator.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/linker.hpp"
#include "idi/llm/language_model.hpp"
#include "idi/parser/parser.hpp"

namespace idi::model_generator {

/// What is asked. Question and linker must outlive the prompts made from it.
struct Subject {
  const link::LinkedQuestion& question;
  const link::Linker& linker;
  Dialect dialect = Dialect::sqlite;
  int max_candidates = 8;
  const llm::Capabilities& model;          ///< Read while the prompts are made, not kept.
  std::vector<std::string> keywords = {};  ///< Words to look for besides those of the question.
};

/// One request and the reading of its answers. For one thread.
class Prompt {
 public:
  virtual ~Prompt() = default;
  /// Without deadline, stop and listener, which are the caller's.
  [[nodiscard]] virtual llm::CompletionRequest request() const = 0;
  /// Without its probability. Errors: unanswerable, invalid_argument (no statement in it).
  [[nodiscard]] virtual Result<engine::SqlCandidate> read(std::string_view text) = 0;
  /// A part of an answer as words that a person can follow; empty: it says nothing yet.
  [[nodiscard]] virtual std::vector<std::string> draft(std::string_view text) const = 0;
};

class PromptFormat {
 public:
  virtual ~PromptFormat() = default;
  /// The prompts whose answers are added up; at least one. Errors: limit_exceeded (the schema does
  /// not fit), unanswerable (there is nothing to show).
  [[nodiscard]] virtual Result<std::vector<std::unique_ptr<Prompt>>> write(
      const Subject& subject) const = 0;
  /// The prompt after a failed statement; null: the format has none.
  [[nodiscard]] virtual Result<std::unique_ptr<Prompt>> write_repair(
      const Subject& subject, const engine::FailedStatement& failed) const = 0;
  /// engine::SqlGenerator::reliability.
  [[nodiscard]] virtual double reliability() const = 0;
};

/// For instruct models: prompt::ChatFormat with grammar::sql_grammar. `parser`, which ranks the
/// tables of large schemas, may be null. `adapter`: the id of the LoRA adapter to write SQL with;
/// -1: none.
[[nodiscard]] std::shared_ptr<const PromptFormat> make_chat_format(
    std::shared_ptr<const parser::Parser> parser, int adapter = -1);

/// For IDI's own symbolic model (nano_format), asked in several orders of the schema.
[[nodiscard]] std::shared_ptr<const PromptFormat> make_nano_format();

}  // namespace idi::model_generator
