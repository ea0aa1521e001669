// Sixteen xorshift generators side by side: a vector of random bits costs six vector operations.
// Only for sources that are compiled with the kernels' flags.
#pragma once

#include <cstdint>

#include "dropout.hpp"

namespace idi::train {

using Lanes = std::uint32_t __attribute__((vector_size(64)));

class LaneRandom {
 public:
  explicit LaneRandom(std::uint64_t seed) {
    for (int lane = 0; lane < 16; ++lane) {
      seed = mix(seed);
      state_[lane] = static_cast<std::uint32_t>(seed) | 1U;
    }
  }
  Lanes next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return state_;
  }

 private:
  Lanes state_{};
};

}  // namespace idi::train
