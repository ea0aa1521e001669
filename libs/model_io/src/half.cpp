#include "half.hpp"

#include <bit>

namespace idi::model_io {

std::uint16_t to_half(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16) & 0x8000U;
  const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
  if (magnitude > 0x7F800000U) return static_cast<std::uint16_t>(sign | 0x7E00U);  // NaN
  if (magnitude >= 0x477FF000U) return static_cast<std::uint16_t>(sign | 0x7C00U);
  if (magnitude < 0x38800000U) {
    // Subnormal: adding 0.5 lets the addition itself round at the last place of a half.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
    return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3F000000U));
  }
  const std::uint32_t odd = (magnitude >> 13) & 1U;
  const std::uint32_t rounded = magnitude + 0xFFFU + odd - 0x38000000U;
  return static_cast<std::uint16_t>(sign | (rounded >> 13));
}

void widen_halves(const std::uint16_t* halves, std::int64_t count, float* out) {
  // No branches, so that the compiler can vectorise: the multiplication rebases the exponent and
  // normalises subnormals in one step.
  constexpr float rebase = 0x1.0p112F;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::uint32_t half = halves[i];
    const float scaled = std::bit_cast<float>((half & 0x7FFFU) << 13) * rebase;
    const std::uint32_t infinite = (half & 0x7C00U) == 0x7C00U ? 0x7F800000U : 0U;
    out[i] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(scaled) | infinite |
                                  ((half & 0x8000U) << 16));
  }
}

}  // namespace idi::model_io
