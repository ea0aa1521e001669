// What the pipeline does when it is not sure: it asks back, takes a choice, offers, refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/confidence/confidence.hpp"
#include "pipeline_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Believes an answer as far as the selector does.
class AskingBack : public testing::PipelineTest {
 protected:
  AskingBack() {
    confidence::Model model;
    model.weights[static_cast<std::size_t>(confidence::Feature::share)] = 10;
    model.bias = -5;
    generator_->belief = model;
  }
};

/// Readings of "how much" of which none is likely enough to be answered without asking.
const std::vector<std::string> readings{
    "SELECT sum(amount) FROM purchase", "SELECT count(*) FROM purchase",
    "SELECT avg(amount) FROM purchase", "SELECT max(amount) FROM purchase",
    "SELECT count(DISTINCT customer_id) FROM purchase"};

TEST_F(AskingBack, AnUnclearQuestionIsAskedBackAndNothingIsShown) {
  const auto answer = ask(readings, "how much was purchased");
  ASSERT_TRUE(answer) << answer.error().to_text();
  ASSERT_EQ(answer->kind, Answer::Kind::clarification);
  ASSERT_TRUE(answer->clarification);
  EXPECT_GE(answer->clarification->options.size(), 2U);
  EXPECT_THAT(answer->clarification->text, Not(IsEmpty()));
  EXPECT_FALSE(answer->sure);
  EXPECT_THAT(answer->result.rows, IsEmpty());
  EXPECT_EQ(answer->summary, answer->clarification->text);
}

TEST_F(AskingBack, WhoDoesNotWantToBeAskedGetsTheBestReading) {
  Question question{"how much was purchased"};
  question.may_ask_back = false;
  const auto answer = ask(readings, question);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->kind, Answer::Kind::data);
  EXPECT_EQ(answer->result.rows.size(), 1U);
  EXPECT_FALSE(answer->sure);
}

TEST_F(AskingBack, EachChoiceGivesItsOwnReadingAndIsNotAskedAgain) {
  const auto asked = ask(readings, "how much was purchased");
  ASSERT_TRUE(asked && asked->clarification);
  std::vector<std::string> statements;
  for (const auto& option : asked->clarification->options) {
    Question question{"how much was purchased"};
    question.resolutions = {{asked->clarification->id, option.id, "how much", option.label}};
    const auto answer = ask(readings, question);
    ASSERT_TRUE(answer) << answer.error().to_text();
    EXPECT_EQ(answer->kind, Answer::Kind::data) << option.id;
    EXPECT_EQ(answer->resolutions, question.resolutions);
    statements.push_back(answer->sql);
  }
  EXPECT_NE(statements[0], statements[1]);
}

TEST_F(AskingBack, TheSameQuestionGetsTheSameCard) {
  const auto first = ask(readings, "how much was purchased");
  ASSERT_TRUE(first && first->clarification);
  for (int i = 0; i < 20; ++i) {
    const auto again = ask(readings, "how much was purchased");
    ASSERT_TRUE(again && again->clarification);
    EXPECT_EQ(again->clarification->id, first->clarification->id);
    EXPECT_EQ(again->sql, first->sql);
    ASSERT_EQ(again->clarification->options.size(), first->clarification->options.size());
    for (std::size_t option = 0; option < first->clarification->options.size(); ++option) {
      EXPECT_EQ(again->clarification->options[option].id, first->clarification->options[option].id);
    }
  }
}

TEST_F(AskingBack, WhatTheDatabaseDoesNotHaveIsRefusedWithReasons) {
  const auto answer = ask({"SELECT name FROM store"}, "total profit of each store");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unanswerable);
  EXPECT_THAT(answer.error().to_text(), HasSubstr("profit"));
}

TEST_F(AskingBack, AMistypedValueIsFoundAndOffered) {
  Question question{"How many customers are there in Berlni?"};
  question.may_ask_back = false;
  const auto answer = ask({"SELECT count(*) FROM customer WHERE city = 'Berlni'"}, question);
  ASSERT_TRUE(answer) << answer.error().to_text();
  ASSERT_THAT(answer->findings, Not(IsEmpty()));
  const auto& finding = answer->findings.front();
  EXPECT_EQ(finding.kind, verification::FindingKind::nothing_matches);
  if (finding.repaired) {
    EXPECT_THAT(answer->sql, HasSubstr("'Berlin'"));
  } else {
    ASSERT_THAT(finding.offers, Not(IsEmpty()));
    EXPECT_EQ(finding.offers.front().question, "How many customers are there in Berlin?");
  }
}

TEST_F(AskingBack, AJoinThatCountsTwiceIsFound) {
  Question question{"how many customers have purchases"};
  question.may_ask_back = false;
  // Ada has two.
  const auto answer = ask({"SELECT count(*) FROM customer JOIN purchase ON purchase.customer_id = "
                           "customer.customer_id"},
                          question);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->kind, Answer::Kind::data);
  ASSERT_THAT(answer->findings, Not(IsEmpty()));
  EXPECT_EQ(answer->findings.front().kind, verification::FindingKind::rows_multiplied);
  EXPECT_TRUE(answer->findings.front().repaired);
  EXPECT_THAT(answer->sql, HasSubstr("DISTINCT"));
  EXPECT_EQ(answer->result.rows.at(0).at(0), Value(std::int64_t{3}));
}

TEST_F(AskingBack, VerificationCanBeLeftOut) {
  auto generator = std::make_shared<testing::FixedGenerator>(
      std::vector<std::string>{"SELECT count(*) FROM customer WHERE city = 'Berlni'"});
  const auto pipeline = *Pipeline::open(source_, {generator}, {true, false});
  Question question{"How many customers are there in Berlni?"};
  question.may_ask_back = false;
  const auto answer = pipeline->ask(question, limits_, no_events(), {});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->findings, IsEmpty());
}

TEST_F(AskingBack, WithoutExecutionChoiceTheLikeliestIsAnsweredThoughItIsEmpty) {
  const std::vector<std::string> candidates{"SELECT name FROM customer WHERE city = 'Paris'",
                                            "SELECT name FROM customer WHERE city = 'Berlin'"};
  auto generator = std::make_shared<testing::FixedGenerator>(candidates);
  Question question{"names of customers"};
  question.may_ask_back = false;
  const auto by_likelihood = (*Pipeline::open(source_, {generator}, {false, true}))
                                 ->ask(question, limits_, no_events(), {});
  ASSERT_TRUE(by_likelihood);
  EXPECT_EQ(by_likelihood->sql, candidates.front());
  const auto by_execution =
      (*Pipeline::open(source_, {generator}))->ask(question, limits_, no_events(), {});
  ASSERT_TRUE(by_execution);
  EXPECT_EQ(by_execution->sql, candidates.back());
}

TEST_F(AskingBack, FeaturesSayWhatTheConfidenceCameFrom) {
  const auto answer =
      ask({"SELECT count(*) FROM customer WHERE city = 'Berlin'"}, "How many customers in Berlin?");
  ASSERT_TRUE(answer);
  const auto feature = [&](confidence::Feature which) {
    return answer->confidence_features[static_cast<std::size_t>(which)];
  };
  EXPECT_DOUBLE_EQ(feature(confidence::Feature::share), 1);
  EXPECT_DOUBLE_EQ(feature(confidence::Feature::votes), 1);
  EXPECT_DOUBLE_EQ(feature(confidence::Feature::words_unused), 0);
  EXPECT_DOUBLE_EQ(feature(confidence::Feature::empty_result), 0);
  EXPECT_NEAR(answer->confidence, generator_->belief->probability(answer->confidence_features),
              1e-12);
}

}  // namespace
}  // namespace idi::engine
