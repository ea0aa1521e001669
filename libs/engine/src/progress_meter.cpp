#include "progress_meter.hpp"

#include <algorithm>
#include <utility>

#include "idi/core/assert.hpp"

namespace idi::engine {

void ProgressMeter::close_phase() {
  if (!running_) return;
  phase_ms_[static_cast<std::size_t>(billed_)] +=
      std::chrono::duration<double, std::milli>(Clock::now() - started_).count();
  running_ = false;
}

void ProgressMeter::begin(Phase phase, std::string message) {
  IDI_ASSERT(last_.percent == 0 || phase >= last_.phase);
  close_phase();
  base_ = 0;
  for (int i = 0; i < static_cast<int>(phase); ++i) {
    base_ += phase_weights[static_cast<std::size_t>(i)];
  }
  last_.phase = phase;
  billed_ = phase;
  last_.message = std::move(message);
  started_ = Clock::now();
  running_ = true;
  report(base_ * 100);
}

void ProgressMeter::advance(double done) {
  const double weight = phase_weights[static_cast<std::size_t>(last_.phase)];
  report((base_ + weight * std::clamp(done, 0.0, 1.0)) * 100);
}

void ProgressMeter::say(std::string message) {
  if (message == last_.message) return;
  last_.message = std::move(message);
  report(last_.percent);
}

void ProgressMeter::bill(Phase phase) {
  IDI_ASSERT(running_);
  close_phase();
  billed_ = phase;
  started_ = Clock::now();
  running_ = true;
}

void ProgressMeter::finish() {
  close_phase();
  report(100);
}

void ProgressMeter::report(double percent) {
  last_.percent = std::max(last_.percent, std::min(percent, 100.0));
  sink_.on_progress(last_);
}

}  // namespace idi::engine
