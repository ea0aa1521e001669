// Turns "the second of six candidates in phase verifying" into a percentage that never goes back,
// and keeps the time of each phase.
#pragma once

#include <chrono>
#include <string>

#include "idi/engine/answer.hpp"
#include "idi/engine/event_sink.hpp"

namespace idi::engine {

class ProgressMeter {
 public:
  explicit ProgressMeter(EventSink& sink) : sink_(sink) {}

  /// Ends the phase before and starts this one. REQUIRES: phases come in their order.
  void begin(Phase phase, std::string message);
  /// `done` of the present phase, 0–1.
  void advance(double done);
  /// What is being done now, in the present phase.
  void say(std::string message);
  /// From now on the time counts as another phase's, while the present one is shown.
  void bill(Phase phase);
  /// Ends the last phase and reports 100 %.
  void finish();

  [[nodiscard]] const std::array<double, phase_count>& phase_ms() const { return phase_ms_; }

 private:
  void report(double percent);
  void close_phase();

  using Clock = std::chrono::steady_clock;
  EventSink& sink_;
  Progress last_;
  double base_ = 0;  ///< Weight of the phases that are over.
  Phase billed_ = Phase::understanding;
  bool running_ = false;
  Clock::time_point started_{};
  std::array<double, phase_count> phase_ms_{};
};

}  // namespace idi::engine
