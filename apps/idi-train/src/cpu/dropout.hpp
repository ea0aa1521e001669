// What dropout does to one value: kept and divided by the share kept, or zero.
#pragma once

#include <cstdint>

namespace idi::train {

/// SplitMix64: any number to one that looks random.
inline std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

struct Dropout {
  float probability = 0;
  std::uint64_t seed = 0;  ///< The same seed makes the same choices.

  [[nodiscard]] std::uint32_t threshold() const {
    return static_cast<std::uint32_t>(static_cast<double>(probability) * 4294967295.0);
  }
  [[nodiscard]] float scale() const { return 1 / (1 - probability); }
};

}  // namespace idi::train
