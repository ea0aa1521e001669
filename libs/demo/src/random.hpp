// Random numbers that are the same everywhere: own generator and own distributions, since the
// standard library's distributions differ between implementations. Integers only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "idi/core/assert.hpp"

namespace idi::demo {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// SplitMix64 (Steele, Lea, Flood 2014).
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }
  /// 0 … bound - 1. REQUIRES: bound > 0. The bias of 2^-32 does not matter here.
  std::uint32_t below(std::uint32_t bound) {
    IDI_ASSERT(bound > 0);
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }
  /// low … high, both possible.
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
  }
  /// True about `count` times in `of`.
  bool chance(std::uint32_t count, std::uint32_t of) { return below(of) < count; }

  template <typename T>
  const T& pick(std::span<const T> items) {
    return items[below(static_cast<std::uint32_t>(items.size()))];
  }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return pick(std::span<const T>(items));
  }

 private:
  std::uint64_t state_;
};

/// Draws indices in proportion to weights.
class WeightedChoice {
 public:
  WeightedChoice() = default;
  explicit WeightedChoice(const std::vector<std::uint32_t>& weights) {
    for (const std::uint32_t weight : weights) ends_.push_back(total_ += weight);
  }
  [[nodiscard]] bool empty() const { return total_ == 0; }
  /// REQUIRES: !empty().
  std::size_t draw(Random& random) const {
    const std::uint32_t at = random.below(total_);
    std::size_t low = 0;
    std::size_t high = ends_.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (ends_[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

 private:
  std::vector<std::uint32_t> ends_;
  std::uint32_t total_ = 0;
};

}  // namespace idi::demo
