// `idi eval` without its option parser: runs, shows progress, prints. Whoever has options and
// streams can call it.
#pragma once

#include <iosfwd>
#include <stop_token>

#include "idi/core/result.hpp"
#include "idi/eval/evaluate.hpp"
#include "idi/eval/options.hpp"

namespace idi::eval {

struct EvalStreams {
  std::ostream& out;                 ///< The summary: text, or one JSON object.
  std::ostream* progress = nullptr;  ///< Null: no progress (standard error is no terminal).
};

/// Evaluates `predictor` (null with options.predictions) and prints. A report folder that was
/// written is named on `progress`. Errors: evaluate()'s.
Result<Evaluation> run_eval_command(const EvalOptions& options, Predictor* predictor, bool json,
                                    EvalStreams streams, std::stop_token stop);

}  // namespace idi::eval
