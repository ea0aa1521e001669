// The parser's output while it is written, as words that a person can follow: "select",
// "count(customers.*)", "where", "customers.country", "=", "'Germany'".
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"
#include "idi/engine/event_sink.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::engine {

/// Of any prefix of a query. Names and values are data.
[[nodiscard]] std::vector<std::string> draft_words(std::span<const ir::Token> tokens,
                                                   const Schema& schema,
                                                   const link::LinkedQuestion& question);

/// Tells what changed from one draft to the next, and nothing twice.
class DraftTeller {
 public:
  explicit DraftTeller(std::function<void(const DraftToken&)> tell) : tell_(std::move(tell)) {}
  void show(std::vector<std::string> words);

 private:
  std::function<void(const DraftToken&)> tell_;
  std::vector<std::string> shown_;
};

}  // namespace idi::engine
