// The run: every question asked, every answer scored, by several threads; resumable.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/eval/options.hpp"
#include "idi/eval/outcome.hpp"
#include "idi/eval/predictor.hpp"

namespace idi::eval {

struct Progress {
  std::size_t done = 0;  ///< Of total, those taken over from an interrupted run included.
  std::size_t total = 0;
  std::size_t right = 0;
  std::size_t resumed = 0;  ///< Taken over.
  std::chrono::milliseconds elapsed{0};
  std::optional<std::chrono::milliseconds> left;  ///< Estimated from this run's pace.
};

class ProgressSink {
 public:
  virtual ~ProgressSink() = default;
  /// One call at a time, from any thread; at most ten a second, and one at the end.
  virtual void on_progress(const Progress& progress) = 0;
};

/// One question with what became of it.
struct ScoredQuestion {
  std::string db_id;
  std::string question;
  std::string gold_sql;
  Hardness hardness = Hardness::easy;
  Outcome outcome;
};

struct Evaluation {
  Summary summary;
  std::vector<ScoredQuestion> questions;  ///< In the order of the question file.
  std::size_t resumed = 0;
};

/// Reads the questions, asks (`predictor`, or options.predictions if it is null) and scores them.
/// With options.report, every outcome is journalled there at once; at the end summary.json and
/// report.html are written and the journal becomes outcomes.jsonl. `progress` may be null.
/// A stop returns `cancelled`; the journal keeps what was scored and the same call goes on from it.
/// Errors: invalid_argument, not_found (files, databases), unreadable, io_failed, conflict,
/// cancelled.
[[nodiscard]] Result<Evaluation> evaluate(const EvalOptions& options, Predictor* predictor,
                                          ProgressSink* progress, std::stop_token stop);

/// The tallies of scored questions; evaluate() calls it.
[[nodiscard]] Summary summarize(const std::vector<ScoredQuestion>& questions);

}  // namespace idi::eval
