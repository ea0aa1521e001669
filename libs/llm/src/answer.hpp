// The candidates of one request, put together from the pieces of its stream.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/llm/language_model.hpp"
#include "stream_events.hpp"
#include "utf8_joiner.hpp"

namespace idi::llm {

class Answer {
 public:
  /// `on_text` is told the text of candidate 0; may be empty.
  Answer(int candidates, int max_tokens, std::function<void(std::string_view)> on_text);

  /// Errors: limit_exceeded (a server that does not stop), internal (a candidate nobody asked for).
  [[nodiscard]] Status take(const StreamStep& step);
  /// At least one candidate, and every one that began has ended.
  [[nodiscard]] bool is_complete() const;
  /// Candidates that never came are left out. Errors: unavailable (broken off), internal (no
  /// event).
  [[nodiscard]] Result<Completions> finish();
  /// The slots that were used, as far as told.
  [[nodiscard]] const std::vector<int>& slots() const { return slots_; }

 private:
  struct Candidate {
    Utf8Joiner joiner;
    Completion completion;
    double log_probability = 0;
    int listed_tokens = 0, told_tokens = 0, pieces = 0;
    bool ended = false;
  };
  void add_text(int index, std::string text);
  void take_timings(const Timings& timings);

  int max_tokens_;
  std::function<void(std::string_view)> on_text_;
  std::vector<Candidate> candidates_;
  std::vector<int> slots_;
  std::optional<Timings> timings_;
  bool begun_ = false;
};

}  // namespace idi::llm
