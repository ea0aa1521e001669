// Questions asked of databases that cannot answer them: how often the predictor notices, and how
// often it turns down a question that its database can answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/eval/command.hpp"
#include "idi/eval/evaluate.hpp"
#include "idi/eval/options.hpp"

namespace idi::eval {

struct RefusalOptions {
  EvalOptions eval;        ///< Which questions; `predictions` cannot be used.
  std::uint64_t seed = 1;  ///< The same seed, the same wrong databases.
  double threshold = 0.5;  ///< An answer with less confidence counts as unsure.
};

/// What became of questions; each counts once.
struct RefusalTally {
  std::size_t count = 0;
  std::size_t refused = 0;
  std::size_t asked_back = 0;
  std::size_t unsure = 0;  ///< Answered, with less confidence than the threshold.
  std::size_t failed = 0;  ///< No answer for another reason: out of time, broken.
  /// Percent of all that was not answered with confidence.
  [[nodiscard]] double turned_down() const {
    return count == 0 ? 0
                      : 100.0 * static_cast<double>(refused + asked_back + unsure + failed) /
                            static_cast<double>(count);
  }
};

struct AskedElsewhere {
  std::size_t index = 0;  ///< In the question file.
  std::string question;
  std::string own, asked;  ///< Databases.
  Prediction prediction;
  std::string error;  ///< What was said instead of an answer; empty if there was one.
  bool refused = false;
};

struct RefusalEvaluation {
  Evaluation own;        ///< The same questions, asked of their own databases.
  RefusalTally rightly;  ///< Of wrong databases.
  RefusalTally falsely;  ///< Of their own.
  std::vector<AskedElsewhere> elsewhere;
  std::size_t left_out = 0;  ///< Questions for which no database is wrong enough.
  double separation = 0.5;   ///< Probability that a question of its own database is surer (AUC).
};

/// For each question one of the other databases in the set, none of whose tables has the name of a
/// table of its own: what it asks for cannot be there. Deterministic.
/// Errors: evaluate()'s; invalid_argument (predictions; no question has a wrong database).
[[nodiscard]] Result<RefusalEvaluation> evaluate_refusals(const RefusalOptions& options,
                                                          Predictor& predictor,
                                                          ProgressSink* progress,
                                                          std::stop_token stop);

/// One JSON object on one line; documented in docs/evaluation.md.
[[nodiscard]] std::string refusals_json(const RefusalEvaluation& evaluation,
                                        const RefusalOptions& options);
[[nodiscard]] std::string refusals_text(const RefusalEvaluation& evaluation,
                                        const RefusalOptions& options);

/// All of it for a command line. With options.eval.report, refusals.json and elsewhere.jsonl are
/// written there too.
Result<RefusalEvaluation> run_refusal_command(const RefusalOptions& options, Predictor& predictor,
                                              bool json, EvalStreams streams, std::stop_token stop);

}  // namespace idi::eval
