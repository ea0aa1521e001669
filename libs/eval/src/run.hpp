// The threads of an evaluation and what they share. Made for one run.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "gold_results.hpp"
#include "idi/eval/evaluate.hpp"
#include "journal.hpp"
#include "schemas.hpp"
#include "scorer.hpp"

namespace idi::eval {

class Run {
 public:
  /// All must outlive it; `journal` and `progress` may be null.
  Run(const EvalOptions& options, Predictor& predictor, const std::vector<Question>& questions,
      Schemas& schemas, Journal* journal, ProgressSink* progress);

  /// Those of earlier runs first: questions recorded there are not asked again.
  /// One outcome per question, in their order. Errors: cancelled, io_failed.
  [[nodiscard]] Result<std::vector<Outcome>> run(std::vector<Outcome> recorded,
                                                 std::stop_token stop);
  [[nodiscard]] std::size_t resumed() const { return progress_.resumed; }

 private:
  void take_over(std::vector<Outcome> recorded);
  void work();
  Result<Outcome> answer(const Question& question, Scorer& scorer);
  Status record(std::size_t position, Outcome&& outcome);
  void report(bool last);

  const EvalOptions& options_;
  Predictor& predictor_;
  const std::vector<Question>& questions_;
  Schemas& schemas_;
  Journal* journal_;
  ProgressSink* progress_sink_;
  GoldResults gold_{max_gold_memory_bytes};
  std::stop_source stop_;
  std::atomic<std::size_t> next_{0};
  std::vector<std::size_t> open_;  // positions still to be asked

  std::mutex mutex_;  // guards what follows
  std::vector<std::optional<Outcome>> outcomes_;
  std::optional<Error> failure_;
  Progress progress_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point last_report_;
};

}  // namespace idi::eval
