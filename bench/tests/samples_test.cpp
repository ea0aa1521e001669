#include "samples.hpp"

#include <gtest/gtest.h>

namespace idi::bench {
namespace {

TEST(SamplesTest, QuantilesAreNearestRanks) {
  Samples samples;
  for (const double value : {5.0, 1.0, 4.0, 2.0, 3.0}) samples.add(value);
  EXPECT_EQ(samples.quantile(0), 1.0);
  EXPECT_EQ(samples.quantile(0.5), 3.0);
  EXPECT_EQ(samples.quantile(0.95), 5.0);
  EXPECT_EQ(samples.quantile(1), 5.0);
}

TEST(SamplesTest, OfNoneIsZero) { EXPECT_EQ(Samples().quantile(0.5), 0.0); }

TEST(SamplesTest, OfEvenCountTheLowerMiddle) {
  Samples samples;
  samples.add(2);
  samples.add(1);
  EXPECT_EQ(samples.quantile(0.5), 1.0);
}

}  // namespace
}  // namespace idi::bench
