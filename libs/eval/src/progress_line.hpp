// One line of a terminal that is written over and over.
#pragma once

#include <iosfwd>

#include "idi/eval/evaluate.hpp"

namespace idi::eval {

class ProgressLine final : public ProgressSink {
 public:
  /// The stream must outlive it.
  explicit ProgressLine(std::ostream& stream) : stream_(stream) {}
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void on_progress(const Progress& progress) override;

 private:
  std::ostream& stream_;
  bool written_ = false;
};

}  // namespace idi::eval
