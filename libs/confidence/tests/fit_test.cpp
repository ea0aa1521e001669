#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "idi/confidence/confidence.hpp"

namespace idi::confidence {
namespace {

/// Raw bits alone: distributions of the standard library differ between implementations.
double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

/// Answers that are right as often as `truth` says.
std::vector<Example> drawn_from(const Model& truth, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Example> examples(count);
  for (Example& example : examples) {
    for (double& value : example.features) value = uniform(random);
    example.right = uniform(random) < truth.probability(example.features);
  }
  return examples;
}

Model some_truth() {
  Model truth;
  truth.weights[static_cast<std::size_t>(Feature::share)] = 4;
  truth.weights[static_cast<std::size_t>(Feature::doubt)] = -3;
  truth.bias = -0.5;
  return truth;
}

std::vector<Judged> judged_by(const Model& model, const std::vector<Example>& examples) {
  std::vector<Judged> judged;
  for (const Example& example : examples)
    judged.push_back({model.probability(example.features), example.right});
  return judged;
}

TEST(ConfidenceFit, FindsTheModelThatMadeTheAnswers) {
  const auto examples = drawn_from(some_truth(), 6000, 1);
  const auto model = fit(examples, 1e-4);
  ASSERT_TRUE(model);
  for (std::size_t f = 0; f < feature_count; ++f)
    EXPECT_NEAR(model->weights[f], some_truth().weights[f], 0.5)
        << feature_name(static_cast<Feature>(f));
}

TEST(ConfidenceFit, IsCalibratedOnAnswersThatItHasNotSeen) {
  const auto model = fit(drawn_from(some_truth(), 4000, 2));
  ASSERT_TRUE(model);
  const auto judged = judged_by(*model, drawn_from(some_truth(), 4000, 3));
  EXPECT_LT(reliability(judged).expected_calibration_error, 0.04);
  EXPECT_GT(reliability(judged).ranking_quality, 0.75);
}

TEST(ConfidenceFit, IsDeterministic) {
  const auto examples = drawn_from(some_truth(), 500, 4);
  EXPECT_EQ(fit(examples)->to_text(), fit(examples)->to_text());
}

TEST(ConfidenceFit, WhatNeverDiffersWeighsNothing) {
  auto examples = drawn_from(some_truth(), 300, 5);
  for (Example& example : examples)
    example.features[static_cast<std::size_t>(Feature::follow_up)] = 1;
  EXPECT_EQ(fit(examples)->weights[static_cast<std::size_t>(Feature::follow_up)], 0);
}

TEST(ConfidenceFit, StaysFiniteWhereOneFeatureDecides) {
  std::vector<Example> examples(40);
  for (std::size_t i = 0; i < examples.size(); ++i) {
    examples[i].right = i % 2 == 0;
    examples[i].features[0] = i % 2 == 0 ? 6 : -6;
  }
  const auto model = fit(examples);
  ASSERT_TRUE(model);
  EXPECT_TRUE(std::isfinite(model->bias));
  EXPECT_GT(model->probability(examples[0].features), 0.9);
  EXPECT_LT(model->probability(examples[1].features), 0.1);
}

TEST(ConfidenceFit, RefusesWhatTeachesNothing) {
  EXPECT_EQ(fit({}).error().code, ErrorCode::invalid_argument);
  std::vector<Example> examples(3);
  EXPECT_EQ(fit(examples).error().code, ErrorCode::invalid_argument);
  for (Example& example : examples) example.right = true;
  EXPECT_EQ(fit(examples).error().code, ErrorCode::invalid_argument);
  examples[0].right = false;
  EXPECT_TRUE(fit(examples));
  EXPECT_EQ(fit(examples, 0).error().code, ErrorCode::invalid_argument);
  examples[1].features[2] = std::nan("");
  EXPECT_EQ(fit(examples).error().code, ErrorCode::invalid_argument);
}

TEST(ConfidenceCrossValidation, JudgesEveryExampleByOthers) {
  auto examples = drawn_from(some_truth(), 400, 6);
  std::vector<std::string> groups;
  for (std::size_t i = 0; i < examples.size(); ++i) groups.push_back("db" + std::to_string(i % 8));
  const auto judged = cross_validated(examples, groups, 4);
  ASSERT_TRUE(judged);
  ASSERT_EQ(judged->size(), examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i)
    EXPECT_EQ((*judged)[i].right, examples[i].right);

  // What a database's own answers were must not reach the model that judges it.
  for (std::size_t i = 0; i < examples.size(); ++i)
    if (groups[i] == "db0") examples[i].right = !examples[i].right;
  const auto again = cross_validated(examples, groups, 4);
  ASSERT_TRUE(again);
  for (std::size_t i = 0; i < examples.size(); ++i)
    EXPECT_TRUE(groups[i] != "db0" || (*again)[i].confidence == (*judged)[i].confidence);
}

TEST(ConfidenceCrossValidation, NeedsAsManyDatabasesAsParts) {
  const auto examples = drawn_from(some_truth(), 50, 7);
  const std::vector<std::string> groups(examples.size(), "one");
  const auto judged = cross_validated(examples, groups, 5);
  ASSERT_FALSE(judged);
  EXPECT_EQ(judged.error().code, ErrorCode::invalid_argument);
}

RC_GTEST_PROP(ConfidenceFitProperty, OnAverageAsConfidentAsRight, ()) {
  // With a bias that nothing pulls, the mean confidence is the share of right answers.
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto examples = drawn_from(some_truth(), 200, seed);
  const auto model = fit(examples, 0.1);
  RC_ASSERT(model.has_value());
  double confidence = 0;
  double right = 0;
  for (const Judged& one : judged_by(*model, examples)) {
    confidence += one.confidence / 200;
    right += one.right ? 1.0 / 200 : 0;
  }
  RC_ASSERT(std::abs(confidence - right) < 1e-3);
}

}  // namespace
}  // namespace idi::confidence
