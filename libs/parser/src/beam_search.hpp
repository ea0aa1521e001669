// Beam search over the decoder's outputs under the grammar: all unfinished outputs advance
// together.
#pragma once

#include <functional>
#include <vector>

#include "idi/parser/parser.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "interrupt.hpp"
#include "output_scorer.hpp"
#include "output_space.hpp"

namespace idi::parser {

struct BeamOptions {
  int width = 8;
  int max_steps = 64;
  /// Added per step when finished outputs are compared: longer queries have more steps to lose
  /// probability on. 0: plain log-probability.
  double length_reward = 0;
};

struct Finished {
  std::vector<ir::Token> tokens;
  double log_probability = 0;
  double score = 0;  ///< log_probability + length_reward · steps
};

/// Says whether a finished output is of use (becomes SQL that no better one gave). The search goes
/// on until `width` were of use or nothing unfinished can beat them.
using Acceptor = std::function<bool(const Finished&)>;

/// Best first. Errors: timeout, cancelled.
[[nodiscard]] Result<std::vector<Finished>> beam_search(
    OutputScorer& scorer, const OutputSpace& space, const BeamOptions& options,
    const Interrupt& interrupt, const Acceptor& accept, const DraftObserver& on_draft = {});

}  // namespace idi::parser
