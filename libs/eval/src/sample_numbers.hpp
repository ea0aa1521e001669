// Pseudo-random numbers that are the same on every machine, for samples and variants.
#pragma once

#include <cstddef>
#include <cstdint>

namespace idi::eval {

/// splitmix64: the same sequence everywhere, which the standard's distributions do not promise.
class SampleNumbers {
 public:
  explicit SampleNumbers(std::uint64_t seed) : state_(seed) {}
  /// For question `index` of a file: questions do not depend on those before them.
  SampleNumbers(std::uint64_t seed, std::size_t index)
      : state_(seed * 0x9E3779B97F4A7C15ULL + index * 0xD1B54A32D192ED03ULL) {}
  /// REQUIRES: bound > 0. The bias of the remainder is under 2^-40 for our counts.
  std::size_t below(std::size_t bound) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t value = state_;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((value ^ (value >> 31)) % bound);
  }

 private:
  std::uint64_t state_;
};

}  // namespace idi::eval
