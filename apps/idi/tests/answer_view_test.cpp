#include "answer_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace idi::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

engine::Answer answer() {
  engine::Answer a;
  a.sql = "SELECT count(*) FROM customer";
  a.result.columns = {"count(*)"};
  a.result.rows = {{std::int64_t{4}}};
  a.column_hints.resize(1);
  a.column_hints[0].type = ColumnType::number;
  a.candidates = {{a.sql, -0.1, 1, engine::TrialState::rows, 1},
                  {"SELECT count(*) FROM store", -3, 0, engine::TrialState::empty, 0}};
  a.summary = "There are 4 customers.";
  a.confidence = 0.9;
  a.explanation.text = "Counts customers.";
  a.explanation.tables = {"customer"};
  a.warnings = {"Not understood: zorblax."};
  a.phase_ms = {0.2, 1, 10, 2, 0, 0};
  return a;
}

TEST(RenderAnswer, ShowsSqlRowsWarningsAndTimes) {
  EXPECT_EQ(render_answer(answer(), {}),
            "SELECT count(*) FROM customer\n\ncount(*)\n────────\n       4\n\n"
            "There are 4 customers.\nNote: Not understood: zorblax.\n"
            "1 row · confidence 90 % (high) · 13 ms (understanding 0.2, context 1.0, generating "
            "10.0, verifying 2.0)\n");
}

TEST(RenderAnswer, ExplainsIfAsked) {
  AnswerStyle style;
  EXPECT_THAT(render_answer(answer(), style), Not(HasSubstr("Counts the rows")));
  style.explain = true;
  EXPECT_THAT(render_answer(answer(), style),
              HasSubstr("Counts customers.\ntables   customer\nalso     SELECT count(*) "
                        "FROM store  [empty]\n"));
}

TEST(RenderAnswer, SaysThatThereIsNothing) {
  auto empty = answer();
  empty.result.rows.clear();
  empty.summary.clear();
  EXPECT_THAT(render_answer(empty, {}), HasSubstr("No row matches.\n"));
  empty.summary = "No rows: nothing matches city is 'Paris'.";
  EXPECT_THAT(render_answer(empty, {}),
              HasSubstr("\n\nNo rows: nothing matches city is 'Paris'.\n"));
  EXPECT_THAT(render_answer(empty, {}), Not(HasSubstr("No row matches")));
}

TEST(RenderAnswer, SaysHowAFollowUpWasUnderstood) {
  EXPECT_THAT(render_answer(answer(), {}), Not(HasSubstr("Understood as")));
  auto follow_up = answer();
  follow_up.standalone_question = "How many customers by city?\x1b[2J";
  EXPECT_THAT(
      render_answer(follow_up, {}),
      ::testing::StartsWith("Understood as: How many customers by city?\\x1b[2J\n\nSELECT"));
}

TEST(RenderAnswer, SaysThatThereIsMore) {
  auto cut = answer();
  cut.result.truncated = true;
  EXPECT_THAT(render_answer(cut, {}), HasSubstr("1 row, there are more"));
}

}  // namespace
}  // namespace idi::cli
