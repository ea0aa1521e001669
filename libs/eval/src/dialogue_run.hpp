// The threads of an evaluation of dialogues. Each takes a dialogue and asks its turns one after the
// other. Made for one run.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "dialogue_file.hpp"
#include "gold_results.hpp"
#include "idi/eval/dialogue.hpp"
#include "schemas.hpp"
#include "scorer.hpp"

namespace idi::eval {

/// A dialogue with its database's files.
struct OpenDialogue {
  Dialogue dialogue;
  std::size_t first_index = 0;  ///< Of its first turn among all turns of the file.
  std::vector<std::filesystem::path> files;
};

class DialogueRun {
 public:
  /// All must outlive it; `progress` may be null.
  DialogueRun(const DialogueOptions& options, Predictor& predictor,
              const std::vector<OpenDialogue>& dialogues, Schemas& schemas, ProgressSink* progress);

  /// One per dialogue, in their order. Errors: cancelled, those of the databases.
  [[nodiscard]] Result<std::vector<ScoredDialogue>> run(std::stop_token stop);

 private:
  void work();
  Result<ScoredDialogue> hold(const OpenDialogue& open, Scorer& scorer);
  Result<Outcome> answer(const OpenDialogue& open, std::size_t turn,
                         const std::vector<AskedBefore>& conversation, Scorer& scorer);
  void record(std::size_t position, ScoredDialogue&& scored);
  void report(bool last);

  const DialogueOptions& options_;
  Predictor& predictor_;
  const std::vector<OpenDialogue>& dialogues_;
  Schemas& schemas_;
  ProgressSink* progress_sink_;
  GoldResults gold_{max_gold_memory_bytes};
  std::stop_source stop_;
  std::atomic<std::size_t> next_{0};

  std::mutex mutex_;  // guards what follows
  std::vector<std::optional<ScoredDialogue>> scored_;
  std::optional<Error> failure_;
  Progress progress_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point last_report_;
};

}  // namespace idi::eval
