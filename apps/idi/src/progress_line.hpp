// The progress of a question as one line on a terminal's standard error, drawn over and at the end
// erased. Draws nothing if standard error is no terminal.
#pragma once

#include <string>
#include <string_view>

#include "idi/engine/event_sink.hpp"

namespace idi::cli {

class ProgressLine final : public engine::EventSink {
 public:
  explicit ProgressLine(bool wanted);
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void on_progress(const engine::Progress& progress) override;
  /// A message without a percentage: work before the question.
  void show(std::string_view message);
  void erase();

 private:
  void draw(const std::string& text);
  bool shown_ = false;
  int width_ = 0;  ///< 0: no terminal, or not wanted.
};

}  // namespace idi::cli
