#include "kernels.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace idi::parser {
namespace {

std::vector<float> random_floats(std::size_t count, unsigned seed, float spread = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, spread);
  std::vector<float> values(count);
  for (float& value : values) value = normal(random);
  return values;
}

TEST(Kernels, TheFastestUsableSetIsChosen) {
  const auto sets = usable_kernel_sets();
  ASSERT_FALSE(sets.empty());
  EXPECT_STREQ(sets.front()->name, "portable");
  EXPECT_EQ(&kernels(), sets.back());
}

TEST(Kernels, ProductsAgreeWithLoopsForEveryShapeAndEpilogue) {
  rc::check("multiply", [] {
    const int rows = *rc::gen::inRange(1, 40);
    const int inner = *rc::gen::inRange(1, 70);
    const int columns = *rc::gen::inRange(1, 70);
    const int padding = *rc::gen::inRange(0, 5);
    const bool accumulate = *rc::gen::arbitrary<bool>();
    const bool relu = *rc::gen::arbitrary<bool>();
    const bool with_bias = *rc::gen::arbitrary<bool>();
    const bool transposed = *rc::gen::arbitrary<bool>();
    const unsigned seed = *rc::gen::arbitrary<unsigned>();

    const auto x = random_floats(static_cast<std::size_t>(rows) * (inner + padding), seed);
    const auto w = random_floats(static_cast<std::size_t>(inner) * columns, seed + 1);
    const auto bias = random_floats(columns, seed + 2);
    const auto before =
        random_floats(static_cast<std::size_t>(rows) * (columns + padding), seed + 3);
    const auto packed = transposed ? PackedMatrix::transposed(w.data(), inner, columns, inner)
                                   : PackedMatrix::plain(w.data(), columns, inner, columns);
    for (const KernelSet* set : usable_kernel_sets()) {
      auto y = before;
      set->multiply(
          x.data(), inner + padding, rows, packed.data(), inner, columns, y.data(),
          columns + padding,
          {.bias = with_bias ? bias.data() : nullptr, .accumulate = accumulate, .relu = relu});
      for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns + padding; ++j) {
          const std::size_t at = static_cast<std::size_t>(i) * (columns + padding) + j;
          if (j >= columns) {
            RC_ASSERT(y[at] == before[at]);  // nothing is written beyond the row
            continue;
          }
          double sum = with_bias ? bias[j] : 0;
          if (accumulate) sum += before[at];
          for (int k = 0; k < inner; ++k)
            sum += static_cast<double>(x[i * (inner + padding) + k]) *
                   (transposed ? w[j * inner + k] : w[k * columns + j]);
          if (relu) sum = std::max(sum, 0.0);
          RC_ASSERT(std::abs(y[at] - sum) < 1e-4);
        }
    }
  });
}

TEST(Kernels, SoftmaxSumsToOneAndFollowsTheExponential) {
  for (const KernelSet* set : usable_kernel_sets())
    for (const int n : {1, 2, 7, 16, 33, 260}) {
      const auto x = random_floats(n, 3, 30);  // far apart: some shares underflow
      auto y = x;
      set->softmax(y.data(), n, 1, n);
      const double top = *std::max_element(x.begin(), x.end());
      double sum = 0;
      for (const float value : x) sum += std::exp(value - top);
      for (int i = 0; i < n; ++i)
        EXPECT_NEAR(y[i], std::exp(x[i] - top) / sum, 1e-6) << set->name << " n=" << n;
    }
}

TEST(Kernels, LayerNormAndDotAgreeWithLoops) {
  for (const KernelSet* set : usable_kernel_sets())
    for (const int n : {1, 5, 16, 24, 192}) {
      const auto x = random_floats(2UL * n, 4);
      const auto weight = random_floats(n, 5);
      const auto bias = random_floats(n, 6);
      std::vector<float> y(x.size());
      set->layer_norm(x.data(), 2, n, weight.data(), bias.data(), y.data());
      for (int r = 0; r < 2; ++r) {
        double mean = 0;
        double variance = 0;
        double dot = 0;
        for (int i = 0; i < n; ++i) mean += x[r * n + i] / static_cast<double>(n);
        for (int i = 0; i < n; ++i) {
          variance += (x[r * n + i] - mean) * (x[r * n + i] - mean) / n;
          dot += static_cast<double>(x[r * n + i]) * bias[i];
        }
        for (int i = 0; i < n; ++i)
          EXPECT_NEAR(y[r * n + i],
                      (x[r * n + i] - mean) / std::sqrt(variance + 1e-5) * weight[i] + bias[i],
                      1e-4);
        EXPECT_NEAR(set->dot(x.data() + r * n, bias.data(), n), dot, 1e-4);
      }
    }
}

TEST(Kernels, EveryHalfIsWidenedExactly) {
  const auto expected = [](std::uint16_t half) {
    const int exponent = half >> 10 & 31;
    const int fraction = half & 1023;
    double value = 0;
    if (exponent == 31)
      value = fraction == 0 ? std::numeric_limits<double>::infinity()
                            : std::numeric_limits<double>::quiet_NaN();
    else
      value =
          exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
    return half & 0x8000 ? -value : value;
  };
  std::vector<std::uint16_t> halves(65536);
  for (std::size_t i = 0; i < halves.size(); ++i) halves[i] = static_cast<std::uint16_t>(i);
  for (const KernelSet* set : usable_kernel_sets()) {
    std::vector<float> floats(halves.size());
    set->widen(halves.data(), floats.data(), halves.size());
    for (std::size_t i = 0; i < halves.size(); ++i) {
      const double want = expected(halves[i]);
      if (std::isnan(want))
        ASSERT_TRUE(std::isnan(floats[i])) << set->name << " " << i;
      else
        ASSERT_EQ(static_cast<double>(floats[i]), want) << set->name << " " << i;
    }
  }
}

}  // namespace
}  // namespace idi::parser
