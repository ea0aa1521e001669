#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "idi/confidence/confidence.hpp"

namespace idi::confidence {
namespace {

TEST(Reliability, OfNothingIsNothing) {
  const auto result = reliability({}, 4);
  ASSERT_EQ(result.bins.size(), 4U);
  EXPECT_EQ(result.bins[1].low, 0.25);
  EXPECT_EQ(result.bins[1].high, 0.5);
  EXPECT_EQ(result.expected_calibration_error, 0);
  EXPECT_EQ(result.brier_score, 0);
  EXPECT_EQ(result.ranking_quality, 0.5);
}

TEST(Reliability, CountsBarsAndErrors) {
  const std::vector<Judged> judged = {{0.9, true}, {0.9, false}, {0.2, false}, {1.0, true}};
  const auto result = reliability(judged, 10);
  EXPECT_EQ(result.bins[9].count, 3);
  EXPECT_NEAR(result.bins[9].confidence, 2.8 / 3, 1e-12);
  EXPECT_NEAR(result.bins[9].accuracy, 2.0 / 3, 1e-12);
  EXPECT_EQ(result.bins[2].count, 1);
  EXPECT_NEAR(result.expected_calibration_error, 0.75 * (0.8 / 3) + 0.25 * 0.2, 1e-12);
  EXPECT_NEAR(result.brier_score, (0.01 + 0.81 + 0.04 + 0) / 4, 1e-12);
  // Pairs of right and wrong: (0.9, 0.9) half, (0.9, 0.2), (1, 0.9), (1, 0.2).
  EXPECT_NEAR(result.ranking_quality, 3.5 / 4, 1e-12);
}

TEST(Reliability, BoundsWhatIsNoProbability) {
  const std::vector<Judged> judged = {
      {1.5, true}, {-1, false}, {std::numeric_limits<double>::quiet_NaN(), false}};
  const auto result = reliability(judged, 5);
  EXPECT_EQ(result.bins.front().count, 2);
  EXPECT_EQ(result.bins.back().count, 1);
  EXPECT_EQ(result.expected_calibration_error, 0);
}

TEST(Coverage, IsTheLargestShareThatIsPreciseEnough) {
  const std::vector<Judged> judged = {{0.9, true},  {0.8, false}, {0.7, true},  {0.6, true},
                                      {0.5, false}, {0.4, false}, {0.3, false}, {0.2, false}};
  const Coverage three_quarters = coverage_at(judged, 0.75);
  EXPECT_EQ(three_quarters.share, 0.5);
  EXPECT_EQ(three_quarters.threshold, 0.6);
  EXPECT_EQ(coverage_at(judged, 1).share, 0.125);
  EXPECT_EQ(coverage_at(judged, 0).share, 1);
}

TEST(Coverage, EqualConfidencesStandOrFallTogether) {
  const std::vector<Judged> judged = {{0.8, true}, {0.8, true}, {0.8, false}};
  EXPECT_EQ(coverage_at(judged, 0.9).share, 0);
  EXPECT_EQ(coverage_at(judged, 0.9).threshold, 1);
  EXPECT_EQ(coverage_at(judged, 0.6).share, 1);
}

TEST(Coverage, OfNothingIsNothing) {
  EXPECT_EQ(coverage_at({}, 0.9).share, 0);
  EXPECT_EQ(coverage_at({}, 0.9).threshold, 1);
}

std::vector<Judged> any_judged() {
  std::vector<Judged> judged(*rc::gen::inRange<std::size_t>(1, 60));
  for (Judged& one : judged) one = {*rc::gen::inRange(0, 11) / 10.0, *rc::gen::arbitrary<bool>()};
  return judged;
}

RC_GTEST_PROP(ReliabilityProperty, MeasuresStayWithinTheirBounds, ()) {
  const auto judged = any_judged();
  const auto result = reliability(judged, *rc::gen::inRange(1, 20));
  std::int64_t count = 0;
  for (const Bin& bin : result.bins) count += bin.count;
  RC_ASSERT(count == static_cast<std::int64_t>(judged.size()));
  RC_ASSERT(result.expected_calibration_error >= 0);
  RC_ASSERT(result.expected_calibration_error <= 1);
  // Jensen: the error of the means is at most the root of the mean squared error.
  RC_ASSERT(result.expected_calibration_error <= std::sqrt(result.brier_score) + 1e-9);
  RC_ASSERT(result.ranking_quality >= 0);
  RC_ASSERT(result.ranking_quality <= 1);
}

RC_GTEST_PROP(ReliabilityProperty, RankingIsTheShareOfPairsInOrder, ()) {
  const auto judged = any_judged();
  double pairs = 0;
  double in_order = 0;
  for (const Judged& right : judged)
    for (const Judged& wrong : judged) {
      if (!right.right || wrong.right) continue;
      pairs += 1;
      if (right.confidence > wrong.confidence) in_order += 1;
      if (right.confidence == wrong.confidence) in_order += 0.5;
    }
  const double expected = pairs > 0 ? in_order / pairs : 0.5;
  RC_ASSERT(std::abs(reliability(judged).ranking_quality - expected) < 1e-9);
}

RC_GTEST_PROP(CoverageProperty, WhatItPromisesHolds, ()) {
  const auto judged = any_judged();
  const double precision = *rc::gen::inRange(1, 11) / 10.0;
  const Coverage coverage = coverage_at(judged, precision);
  double answered = 0;
  double right = 0;
  for (const Judged& one : judged) {
    if (coverage.share == 0 || one.confidence < coverage.threshold) continue;
    answered += 1;
    right += one.right ? 1 : 0;
  }
  RC_ASSERT(std::abs(answered / static_cast<double>(judged.size()) - coverage.share) < 1e-9);
  RC_ASSERT(right >= precision * answered - 1e-9);
  RC_ASSERT(coverage_at(judged, precision / 2).share >= coverage.share);
}

}  // namespace
}  // namespace idi::confidence
