// A point in time after which work must stop. Travels with every request, by value.
#pragma once

#include <chrono>
#include <limits>

namespace idi {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// Never passes.
  static Deadline never() { return Deadline{Clock::time_point::max()}; }
  static Deadline after(std::chrono::milliseconds duration) {
    return Deadline{Clock::now() + duration};
  }

  [[nodiscard]] bool passed() const { return Clock::now() >= at_; }
  [[nodiscard]] bool is_never() const { return at_ == Clock::time_point::max(); }
  /// Zero when passed.
  [[nodiscard]] std::chrono::milliseconds remaining() const {
    if (is_never()) return std::chrono::milliseconds::max();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(at_ - Clock::now());
    return left.count() > 0 ? left : std::chrono::milliseconds{0};
  }
  /// The earlier of the two.
  [[nodiscard]] Deadline at_most(Deadline other) const { return at_ < other.at_ ? *this : other; }
  [[nodiscard]] Clock::time_point time_point() const { return at_; }

 private:
  explicit Deadline(Clock::time_point at) : at_(at) {}
  Clock::time_point at_;
};

}  // namespace idi
