// Repeated measurements of one thing.
#pragma once

#include <chrono>
#include <vector>

namespace idi::bench {

class Samples {
 public:
  void add(double value) { values_.push_back(value); }
  [[nodiscard]] std::size_t count() const { return values_.size(); }
  /// The value that the given share of the samples does not exceed (nearest rank): 0 is the
  /// smallest, 0.5 the median, 1 the largest. Of no samples: 0.
  [[nodiscard]] double quantile(double share) const;

 private:
  std::vector<double> values_;
};

class Stopwatch {
 public:
  [[nodiscard]] double elapsed_ms() const {
    return std::chrono::duration<double, std::milli>(Clock::now() - start_).count();
  }
  /// What this process computed meanwhile, all threads: hardly longer on a busy machine.
  [[nodiscard]] double cpu_ms() const { return process_cpu_ms() - cpu_start_; }

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] static double process_cpu_ms();
  Clock::time_point start_ = Clock::now();
  double cpu_start_ = process_cpu_ms();
};

}  // namespace idi::bench
