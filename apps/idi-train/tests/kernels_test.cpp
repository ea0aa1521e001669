// Products with weights against the general product, for sizes that leave rests of every kind.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "../src/cpu/gemm.hpp"
#include "../src/cpu/weight_product.hpp"

namespace idi::train {
namespace {

std::vector<float> random_values(Index count, int seed) {
  std::mt19937 random(static_cast<unsigned>(seed));
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = uniform(random);
  return values;
}

void expect_near(const std::vector<float>& a, const std::vector<float>& b, Index inner) {
  ASSERT_EQ(a.size(), b.size());
  const float most = 2e-6F * static_cast<float>(inner);
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], most) << i;
}

TEST(WeightProduct, AgreesWithTheGeneralProduct) {
  for (const Index rows : {1, 3, 8, 15, 97, 200}) {
    for (const auto& [in, out] : {std::pair<Index, Index>{16, 16},
                                  {32, 48},
                                  {192, 80},
                                  {208, 96},
                                  {512, 192},
                                  {192, 576}}) {
      if (!has_weight_product(in, out)) GTEST_SKIP() << "this processor has no AVX-512";
      const auto x = random_values(rows * in, 1);
      const auto dy = random_values(rows * out, 2);
      const auto weight = random_values(out * in, 3);
      const auto bias = random_values(out, 4);
      std::vector<float> forward(weight.size());
      std::vector<float> back(weight.size());
      rearrange_weight(weight.data(), in, out, forward.data(), back.data());

      std::vector<float> y(static_cast<std::size_t>(rows * out));
      std::vector<float> expected(y.size());
      for (std::size_t i = 0; i < expected.size(); ++i) expected[i] = bias[i % bias.size()];
      gemm(Form::plain, Form::transposed, rows, out, in, 1, x.data(), in, weight.data(), in, 1,
           expected.data(), out);
      multiply(x.data(), rows, in, out, forward.data(), bias.data(), Activation::none, y.data());
      expect_near(y, expected, in);
      for (float& value : expected) value = std::max(value, 0.0F);
      multiply(x.data(), rows, in, out, forward.data(), bias.data(), Activation::relu, y.data());
      expect_near(y, expected, in);

      auto dx = random_values(rows * in, 5);
      auto dx_expected = dx;
      gemm(Form::plain, Form::plain, rows, in, out, 1, dy.data(), out, weight.data(), in, 1,
           dx_expected.data(), in);
      multiply_back(dy.data(), rows, in, out, back.data(), true, dx.data());
      expect_near(dx, dx_expected, out);
      gemm(Form::plain, Form::plain, rows, in, out, 1, dy.data(), out, weight.data(), in, 0,
           dx_expected.data(), in);
      multiply_back(dy.data(), rows, in, out, back.data(), false, dx.data());
      expect_near(dx, dx_expected, out);

      auto d_weight = random_values(out * in, 6);
      auto d_expected = d_weight;
      gemm(Form::transposed, Form::plain, out, in, rows, 1, dy.data(), out, x.data(), in, 1,
           d_expected.data(), in);
      add_outer(dy.data(), x.data(), rows, in, out, d_weight.data());
      expect_near(d_weight, d_expected, rows);
    }
  }
}

}  // namespace
}  // namespace idi::train
