#include "card_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answer_view.hpp"

namespace idi::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

engine::Answer asked_back() {
  engine::Answer answer;
  answer.kind = engine::Answer::Kind::clarification;
  answer.read_question = "orders last month";
  answer.sql = "SELECT 1";
  clarification::Clarification card;
  card.ambiguity = clarification::Ambiguity::date;
  card.id = "date:orders";
  card.begin = 7;
  card.end = 17;
  card.text = "Which date of the orders do you mean?";
  card.options = {{"orders.ordered_at", "ordered at", "for example 2024-05-17"},
                  {"orders.it's=x", "shipped at", ""}};
  answer.clarification = card;
  return answer;
}

TEST(Cards, AreNumberedChoices) {
  EXPECT_EQ(render_card(asked_back(), false),
            "Which date of the orders do you mean?\n"
            "  1  ordered at  for example 2024-05-17\n"
            "  2  shipped at\n");
  EXPECT_THAT(render_answer(asked_back(), {}), HasSubstr("  2  shipped at\n"));
  EXPECT_THAT(render_answer(asked_back(), {}), Not(HasSubstr("SELECT"))) << "nothing ran";
}

TEST(Cards, ThatAreOfferedSayWhatWasTaken) {
  auto answer = asked_back();
  answer.kind = engine::Answer::Kind::data;
  EXPECT_THAT(render_answer(answer, {}),
              HasSubstr("Read as: ordered at. What could be meant too:\n  2  shipped at\n"));
}

TEST(Cards, SayHowToChooseWithoutBeingAsked) {
  EXPECT_EQ(how_to_choose(*asked_back().clarification),
            "Ask again with one of these, or with --no-questions for the likeliest:\n"
            "  --choose 'date:orders=orders.ordered_at'\n"
            "  --choose 'date:orders=orders.it'\\''s=x'\n");
}

TEST(Cards, CannotCommandTheTerminal) {
  auto answer = asked_back();
  answer.clarification->text = "\x1b[2Ja\nb";
  answer.clarification->options[0].label = "\x1b]0;x\x07";
  answer.clarification->options[0].id = "\x1b[31m";
  for (const auto& text : {render_card(answer, false), how_to_choose(*answer.clarification)}) {
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, Not(HasSubstr("\x07")));
  }
}

TEST(Choices, AreNumbersOfTheCard) {
  const auto card = *asked_back().clarification;
  EXPECT_EQ(*option_of(" 2 ", card), 1U);
  EXPECT_EQ(*option_of("1", card), 0U);
  for (const char* text : {"", " ", "two", "2 of them", "-1", "1.5", "how many in 2023?"}) {
    ASSERT_TRUE(option_of(text, card)) << text;
    EXPECT_FALSE(*option_of(text, card)) << text;
  }
  for (const char* text : {"0", "3", "99999999999999999999999"}) {
    EXPECT_EQ(option_of(text, card).error().code, ErrorCode::invalid_argument) << text;
  }
}

TEST(Choices, SayWhatWasChosen) {
  EXPECT_EQ(
      resolution_of(asked_back(), 0),
      (clarification::Resolution{"date:orders", "orders.ordered_at", "last month", "ordered at"}));
  auto answer = asked_back();
  answer.kind = engine::Answer::Kind::data;
  answer.clarification.reset();
  answer.resolutions = {resolution_of(asked_back(), 0)};
  EXPECT_THAT(render_answer(answer, {}), HasSubstr("As chosen: “last month” is ordered at\n"));
}

TEST(Choices, AreReadFromTheCommandLine) {
  const auto chosen = resolution_from_text("join:a+b=a.x=b.y");
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->clarification, "join:a+b");
  EXPECT_EQ(chosen->option, "a.x=b.y");
  for (const char* text : {"", "=", "a", "a=", "=a"}) {
    EXPECT_EQ(resolution_from_text(text).error().code, ErrorCode::invalid_argument) << text;
  }
}

TEST(Findings, AreToldWithWhatCanBeAskedInstead) {
  engine::Answer answer;
  answer.findings.push_back({});
  answer.findings[0].text = "No city is called Berlni.";
  answer.findings[0].offers = {{"Berlin", "How many customers in Berlin?"}};
  answer.findings.push_back({});
  answer.findings[1].text = "Each order is counted once.";
  answer.findings[1].repaired = true;
  EXPECT_EQ(render_findings(answer, false),
            "Note: No city is called Berlni.\n  Berlin: How many customers in Berlin?\n"
            "Mended: Each order is counted once.\n");
}

}  // namespace
}  // namespace idi::cli
