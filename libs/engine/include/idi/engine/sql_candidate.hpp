// One query that an engine proposes. A plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/sql/ir.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::engine {

/// Who wrote a query.
enum class Writer : std::uint8_t {
  parser,  ///< The built-in parser.
  model,   ///< A language model.
};
[[nodiscard]] std::string_view writer_name(Writer writer) noexcept;

struct SqlCandidate {
  Writer writer = Writer::parser;
  std::string sql;  ///< In the asked dialect.
  /// Natural logarithm of the engine's own probability; comparable within one engine's candidates
  /// for one question only.
  double log_probability = 0;
  /// What the SQL says, as a tree: choosing, explaining and summing up read it. Empty: a language
  /// model's own statement for which the tree has no words.
  std::optional<ir::Query> query;
  std::vector<ir::Token> tokens;  ///< The tree's, if they are known: the selector reads them.
  int steps = 0;                  ///< How many tokens it took to write.
  /// Values for which no cell was near; written as the question has them.
  int unresolved_values = 0;
  /// The parser's encoder's own opinion, before any decoding (parser/candidate.hpp).
  double item_log_probability = 0;
};

}  // namespace idi::engine
