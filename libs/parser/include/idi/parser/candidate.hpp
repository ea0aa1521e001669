// One query that the parser proposes.
#pragma once

#include <string>
#include <vector>

#include "idi/sql/ir.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::parser {

struct Candidate {
  std::vector<ir::Token> tokens;
  ir::Query query;             ///< Literals resolved.
  std::string sql;             ///< In the asked dialect.
  double log_probability = 0;  ///< Sum over steps of the log-softmax over what the grammar allowed.
  int steps = 0;
  /// Values for which no cell was near; written as the question has them.
  int unresolved_values = 0;
  /// The encoder's own opinion, before any decoding: the log-probability that just these columns,
  /// tables and values are used.
  double item_log_probability = 0;
};

}  // namespace idi::parser
