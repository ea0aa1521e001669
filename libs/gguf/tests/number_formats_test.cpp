// Conversions, against the machine's own where it has one and against their bounds.
#include "number_formats.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace idi::gguf {
namespace {

/// By the definition of binary16.
float from_half(std::uint16_t half) {
  const int exponent = (half >> 10) & 31;
  const int fraction = half & 0x3FF;
  const float sign = (half & 0x8000) != 0 ? -1.0F : 1.0F;
  if (exponent == 31) {
    return fraction != 0 ? std::numeric_limits<float>::quiet_NaN()
                         : sign * std::numeric_limits<float>::infinity();
  }
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
  return sign * std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
}

TEST(HalfOf, EveryHalfIsItself) {
  for (std::uint32_t half = 0; half <= 0xFFFF; ++half) {
    const float value = from_half(static_cast<std::uint16_t>(half));
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(from_half(half_of(value))));
    } else {
      ASSERT_EQ(half_of(value), half) << value;
    }
  }
}

TEST(HalfOf, BetweenTwoTheNearestAndAtTheMiddleTheEven) {
  for (std::uint16_t half = 0; half < 0x7BFF; ++half) {
    const float low = from_half(half);
    const float high = from_half(static_cast<std::uint16_t>(half + 1));
    const float middle = (low + high) / 2;  // exact: a float has more digits
    const auto even = static_cast<std::uint16_t>(half % 2 == 0 ? half : half + 1);
    ASSERT_EQ(half_of(middle), even) << middle;
    ASSERT_EQ(half_of(std::nextafter(middle, 0.0F)), half) << middle;
    ASSERT_EQ(half_of(std::nextafter(middle, 1e9F)), half + 1) << middle;
    ASSERT_EQ(half_of(-middle), even | 0x8000) << middle;
  }
  EXPECT_EQ(half_of(65519.99F), 0x7BFF);
  EXPECT_EQ(half_of(65520.0F), 0x7C00);
  EXPECT_EQ(half_of(1e30F), 0x7C00);
  EXPECT_EQ(half_of(std::numeric_limits<float>::denorm_min()), 0);
}

RC_GTEST_PROP(BrainOf, IsWithinHalfAStep, (float value)) {
  RC_PRE(std::isfinite(value) && std::fabs(value) < 1e38F);
  const float back = std::bit_cast<float>(std::uint32_t{brain_of(value)} << 16);
  RC_ASSERT(std::fabs(back - value) <= std::fabs(value) / 256 + 1e-40F);
}

RC_GTEST_PROP(Q8, IsWithinHalfAStepOfTheLargest, ()) {
  const auto numbers = *rc::gen::container<std::vector<float>>(
      64, rc::gen::map(rc::gen::inRange(-10'000, 10'000),
                       [](int n) { return static_cast<float>(n) / 1000; }));
  std::vector<std::byte> bytes;
  encode(TensorType::q8_0, numbers, bytes);
  RC_ASSERT(bytes.size() == 2 * 34U);
  for (std::size_t b = 0; b < 2; ++b) {
    std::uint16_t scale_bits = 0;
    std::memcpy(&scale_bits, &bytes[b * 34], 2);
    const float scale = from_half(scale_bits);
    float largest = 0;
    for (std::size_t i = 0; i < 32; ++i)
      largest = std::max(largest, std::fabs(numbers[b * 32 + i]));
    for (std::size_t i = 0; i < 32; ++i) {
      const auto step = static_cast<std::int8_t>(bytes[b * 34 + 2 + i]);
      // Half a step of rounding, and the scale's own (2^-11 of the number).
      const float bound = largest / 127 / 2 + largest / 1024;
      RC_ASSERT(std::fabs(scale * static_cast<float>(step) - numbers[b * 32 + i]) <= bound + 1e-6F);
    }
  }
}

TEST(Q8, ARowOfZerosIsZeros) {
  std::vector<std::byte> bytes;
  encode(TensorType::q8_0, std::vector<float>(32, 0.0F), bytes);
  EXPECT_EQ(bytes, std::vector<std::byte>(34));
}

}  // namespace
}  // namespace idi::gguf
