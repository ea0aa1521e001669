#include "half.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace idi::model_io {
namespace {

float widen(std::uint16_t half) {
  float value = 0;
  widen_halves(&half, 1, &value);
  return value;
}

TEST(Half, EveryHalfSurvivesTheRoundTrip) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = widen(half);
    if (std::isnan(value)) {
      EXPECT_TRUE((bits & 0x7C00U) == 0x7C00U && (bits & 0x3FFU) != 0) << bits;
      continue;
    }
    EXPECT_EQ(to_half(value), half) << bits;
  }
}

TEST(Half, KnownValues) {
  EXPECT_EQ(widen(0x3C00), 1.0F);
  EXPECT_EQ(widen(0xC000), -2.0F);
  EXPECT_EQ(widen(0x7BFF), 65504.0F);
  EXPECT_EQ(widen(0x0001), 0x1.0p-24F);
  EXPECT_EQ(widen(0x7C00), std::numeric_limits<float>::infinity());
}

TEST(Half, RoundsToNearestTiesToEven) {
  EXPECT_EQ(to_half(1.0F + 0x1.0p-11F), 0x3C00);      // A tie: down to even.
  EXPECT_EQ(to_half(1.0F + 3 * 0x1.0p-11F), 0x3C02);  // A tie: up to even.
  EXPECT_EQ(to_half(1.0F + 1.01F * 0x1.0p-11F), 0x3C01);
  EXPECT_EQ(to_half(65519.0F), 0x7BFF);
  EXPECT_EQ(to_half(65520.0F), 0x7C00);
  EXPECT_EQ(to_half(1e-9F), 0x0000);
}

}  // namespace
}  // namespace idi::model_io
