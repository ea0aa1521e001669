// Questions with more than themselves: pictures, conversations, keywords, tokens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::PipelineTest;
using testing::RecordingSink;

constexpr const char* by_city = "SELECT city, count(*) FROM customer GROUP BY city";
constexpr const char* averages = "SELECT city, avg(age) FROM customer GROUP BY city";

class ConversationTest : public PipelineTest {
 protected:
  std::vector<ConversationTurn> before_{{"How many customers are there for each city?", by_city}};
};

TEST_F(ConversationTest, AnAnswerIsSummedUpAndDrawn) {
  const auto answer = ask({by_city}, "How many customers are there for each city?");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->summary,
            "3 rows, one for each city; the highest count is 2 (“Berlin”), the lowest 1 (“Hamburg” "
            "and 1 more).");
  EXPECT_FALSE(answer->chart_was_asked_for);
  EXPECT_NE(answer->chart.kind, chart::Kind::none);
  ASSERT_EQ(answer->column_hints.size(), 2U);
  EXPECT_EQ(answer->column_hints[1].measure, chart::Measure::count);
  EXPECT_THAT(answer->standalone_question, IsEmpty());
}

TEST_F(ConversationTest, TheWordsOfAPictureAreNotLinked) {
  const auto answer = ask({by_city}, "How many customers are there for each city, as a pie chart?");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(generator_->asked, "How many customers are there for each city");
  EXPECT_EQ(answer->chart.kind, chart::Kind::pie);
  EXPECT_TRUE(answer->chart_was_asked_for);
  EXPECT_THAT(answer->warnings, IsEmpty());
}

TEST_F(ConversationTest, APictureThatWouldLieIsNotDrawn) {
  const auto answer = ask({averages}, "average age of customers per city as a pie");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_NE(answer->chart.kind, chart::Kind::pie);
  EXPECT_FALSE(answer->chart_was_asked_for);
  EXPECT_THAT(answer->warnings, Contains(HasSubstr("Not shown as a pie chart: ")));
}

TEST_F(ConversationTest, APictureOfATableIsOfItsNumbers) {
  const auto answer = ask({by_city}, "pie chart of customers by city");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(generator_->asked, "number of customers by city");
  EXPECT_EQ(answer->standalone_question, "number of customers by city, as a pie chart");
  EXPECT_EQ(answer->chart.kind, chart::Kind::pie);
  // What says itself what is counted is taken as it is.
  ASSERT_TRUE(ask({averages}, "bar chart of the average age of customers by city"));
  EXPECT_EQ(generator_->asked, "the average age of customers by city");
}

TEST_F(ConversationTest, APictureAloneIsOfTheLastAnswer) {
  RecordingSink sink;
  const auto asking = pipeline({});
  const auto answer = asking->ask({"as a pie please", before_}, limits_, sink, {});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->kind, Answer::Kind::data);
  EXPECT_EQ(answer->sql, by_city);
  EXPECT_EQ(answer->chart.kind, chart::Kind::pie);
  EXPECT_EQ(answer->result.rows.size(), 3U);
  EXPECT_EQ(answer->standalone_question,
            "How many customers are there for each city, as a pie chart");
  EXPECT_EQ(answer->column_hints[1].measure, chart::Measure::count);
  EXPECT_THAT(answer->explanation.text, HasSubstr("for each city"));
  testing::expect_true_progress(sink.reports);
}

TEST_F(ConversationTest, APictureOfNothingIsAnError) {
  EXPECT_EQ(ask({}, "as a pie please").error().code, ErrorCode::unanswerable);
  const std::vector<ConversationTurn> failed{{"What tables are there?", ""}};
  EXPECT_THAT(ask({}, {"as a pie please", failed}).error().message, HasSubstr("nothing to draw"));
  // A turn without SQL is passed over.
  before_.push_back(failed.front());
  EXPECT_TRUE(ask({}, {"as a pie please", before_}));
}

TEST_F(ConversationTest, TheLastSqlPassesTheGuardAnew) {
  const auto answer = ask({}, {"as a pie", {{"x", "DELETE FROM customer"}}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::refused);
}

TEST_F(ConversationTest, AFollowUpIsReadInTheLightOfTheConversation) {
  const std::vector<ConversationTurn> before{
      {"How many customers are there?", "SELECT count(*) FROM customer"}};
  const auto answer = ask({by_city}, {"and by city?", before});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->standalone_question, HasSubstr("customers"));
  EXPECT_THAT(answer->standalone_question, HasSubstr("city"));
  EXPECT_EQ(generator_->asked, answer->standalone_question);
  // With a picture: what is linked does not speak of it, what is shown does.
  const auto drawn = ask({by_city}, {"and by city, as a pie?", before});
  ASSERT_TRUE(drawn) << drawn.error().to_text();
  EXPECT_EQ(drawn->chart.kind, chart::Kind::pie);
  EXPECT_THAT(drawn->standalone_question, HasSubstr(", as a pie chart"));
  EXPECT_THAT(generator_->asked, ::testing::Not(HasSubstr("pie")));
}

TEST_F(ConversationTest, AStandaloneQuestionIsTakenAsItIs) {
  Question question{"and customers by city?", before_};
  question.standalone = true;
  const auto answer = ask({by_city}, question);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->standalone_question, IsEmpty());
  EXPECT_EQ(generator_->asked, question.text);
}

TEST_F(ConversationTest, KeywordsAreLookedForToo) {
  const auto answer =
      ask({"SELECT count(*) FROM customer"}, {"how many are there", {}, {"customer"}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(generator_->asked, "how many are there customer");
  EXPECT_FALSE(ask({"SELECT count(*) FROM customer"}, "how many are there"));
  EXPECT_TRUE(ask({by_city}, {"customers by city", {}, {"", "  "}}));
}

TEST_F(ConversationTest, KeywordsAreLimited) {
  const auto code = [&](std::vector<std::string> keywords) {
    return ask({}, {"customers", {}, std::move(keywords)}).error().code;
  };
  EXPECT_EQ(code(std::vector<std::string>(100, "x")), ErrorCode::limit_exceeded);
  EXPECT_EQ(code({std::string(5000, 'x')}), ErrorCode::limit_exceeded);
  EXPECT_EQ(code({"caf\xE9"}), ErrorCode::invalid_argument);
}

TEST_F(ConversationTest, TokensReachWhoeverListens) {
  RecordingSink sink;
  const auto asking = pipeline({by_city});
  ASSERT_TRUE(asking->ask({"customers by city"}, limits_, sink, {}));
  ASSERT_EQ(sink.tokens.size(), 1U);
  EXPECT_EQ(sink.tokens[0].text, "select");
}

TEST_F(ConversationTest, ProgressIsTrueOnEveryWay) {
  const auto asking = pipeline({by_city});
  for (const char* question : {"what tables are there?", "describe customers", "customers by city",
                               "how are customers and stores connected?", "as a pie"}) {
    RecordingSink sink;
    ASSERT_TRUE(asking->ask({question, before_}, limits_, sink, {})) << question;
    testing::expect_true_progress(sink.reports);
  }
  RecordingSink sink;
  ASSERT_TRUE(asking->run_sql(by_city, limits_, sink, {}));
  testing::expect_true_progress(sink.reports);
}

TEST_F(ConversationTest, OwnSqlHasASummaryAndAChart) {
  limits_.max_rows = 2;
  const auto answer = pipeline({})->run_sql("SELECT name FROM customer", limits_, no_events(), {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->kind, Answer::Kind::sql);
  EXPECT_EQ(answer->summary, "More than 2 rows; the first is “Ada”.");
  EXPECT_EQ(answer->column_hints.at(0).measure, chart::Measure::unknown);
  EXPECT_EQ(answer->chart.kind, chart::Kind::table);
}

TEST_F(ConversationTest, FriendlyWordsNeedNoGenerator) {
  for (const char* question : {"hello!", "thanks", "who are you?", "what's the weather?"}) {
    const auto answer = ask({by_city}, question);
    ASSERT_FALSE(answer) << question;
    EXPECT_EQ(answer.error().code, ErrorCode::unanswerable);
    EXPECT_THAT(answer.error().hint, HasSubstr("store, customer, purchase"));
    EXPECT_THAT(answer.error().hint, HasSubstr("How many"));
  }
}

}  // namespace
}  // namespace idi::engine
