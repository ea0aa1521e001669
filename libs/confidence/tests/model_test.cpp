#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "idi/confidence/confidence.hpp"

namespace idi::confidence {
namespace {

double& at(Features& features, Feature feature) {
  return features[static_cast<std::size_t>(feature)];
}

TEST(ConfidenceModel, NamesEveryFeatureOnce) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < feature_count; ++i)
    names.insert(feature_name(static_cast<Feature>(i)));
  EXPECT_EQ(names.size(), feature_count);
  EXPECT_EQ(feature_name(Feature::share_log_odds), "share_log_odds");
  EXPECT_EQ(feature_name(Feature::follow_up), "follow_up");
  EXPECT_FALSE(names.contains("bias"));
}

TEST(ConfidenceModel, ReadsWhatItWrites) {
  const Model model = Model::standard();
  const auto again = Model::from_text(model.to_text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->weights, model.weights);
  EXPECT_EQ(again->bias, model.bias);
}

TEST(ConfidenceModel, SkipsBlankLinesAndRemarks) {
  const auto model = Model::from_text("# fitted on 2 000 questions\n\n  bias 0.5 \ndoubt -2\n");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->bias, 0.5);
  EXPECT_EQ(model->weights[static_cast<std::size_t>(Feature::doubt)], -2);
  EXPECT_EQ(model->weights[static_cast<std::size_t>(Feature::share)], 0);
}

TEST(ConfidenceModel, SaysWhichLineIsWrong) {
  const auto message = [](std::string_view text) {
    const auto model = Model::from_text(text);
    return model ? std::string("accepted") : model.error().message;
  };
  EXPECT_EQ(message("bias 1\nluck 2\n"),
            "The confidence's weights, line 2: no feature is named \"luck\"");
  EXPECT_EQ(message("doubt\n"), "The confidence's weights, line 1: a name without a number");
  EXPECT_EQ(message("\n\ndoubt 1x"), "The confidence's weights, line 3: \"1x\" is no number");
  EXPECT_EQ(message("doubt inf"), "The confidence's weights, line 1: \"inf\" is no number");
  EXPECT_EQ(message("bias nan"), "The confidence's weights, line 1: \"nan\" is no number");
}

TEST(ConfidenceModel, AnEmptyTextKnowsNothing) {
  const auto model = Model::from_text("");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->probability(Features{}), 0.5);
}

TEST(ConfidenceModel, TheStandardOneBelievesInWhatIsClear) {
  const Model model = Model::standard();
  Features clear{};
  at(clear, Feature::share_log_odds) = 5;
  at(clear, Feature::share) = 0.99;
  at(clear, Feature::lead) = 0.98;
  at(clear, Feature::votes) = 0.8;
  at(clear, Feature::step_probability) = 0.99;
  at(clear, Feature::items) = 0.95;
  at(clear, Feature::words_known) = 1;
  EXPECT_GT(model.probability(clear), 0.85);
  Features doubtful = clear;
  at(doubtful, Feature::doubt) = 1;
  at(doubtful, Feature::words_unknown) = 0.5;
  at(doubtful, Feature::empty_result) = 1;
  EXPECT_LT(model.probability(doubtful), model.probability(clear) - 0.2);
  EXPECT_LT(model.probability(Features{}), 0.3);
}

TEST(ConfidenceModel, NoNumberIsAbsent) {
  Features features{};
  at(features, Feature::share) = std::numeric_limits<double>::quiet_NaN();
  at(features, Feature::lead) = std::numeric_limits<double>::infinity();
  EXPECT_EQ(Model::standard().probability(features), Model::standard().probability(Features{}));
}

RC_GTEST_PROP(ConfidenceModelProperty, IsAlwaysAProbability, ()) {
  Model model;
  Features features{};
  for (std::size_t i = 0; i < feature_count; ++i) {
    model.weights[i] = *rc::gen::arbitrary<double>();
    features[i] = *rc::gen::arbitrary<double>();
  }
  const double probability = model.probability(features);
  RC_ASSERT(probability >= 0);
  RC_ASSERT(probability <= 1);
}

RC_GTEST_PROP(ConfidenceModelProperty, AnyTextIsReadOrRefused, (const std::string& text)) {
  const auto model = Model::from_text(text);
  if (!model) {
    RC_ASSERT(model.error().code == ErrorCode::invalid_argument);
  } else {
    RC_ASSERT(Model::from_text(model->to_text())->weights == model->weights);
  }
}

}  // namespace
}  // namespace idi::confidence
