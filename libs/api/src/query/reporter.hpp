// Tells a session's watchers how far its question is. Progress that says little more than before is
// left out, and tokens are told in bursts without those that the draft has replaced meanwhile: a
// parser changes its mind a thousand times in the time of one frame of a screen.
#pragma once

#include <optional>
#include <vector>

#include "query/job.hpp"

namespace idi::api {

/// One turn's; on the thread that runs it.
class Reporter final : public engine::EventSink {
 public:
  explicit Reporter(Job& job) : job_(job) {}
  void on_progress(const engine::Progress& progress) override;
  void on_token(const engine::DraftToken& token) override;

 private:
  void tell_tokens();

  Job& job_;
  std::optional<engine::Progress> told_;
  Steady::time_point told_at_{};
  std::vector<engine::DraftToken> tokens_;
  Steady::time_point tokens_told_at_{};
};

}  // namespace idi::api
