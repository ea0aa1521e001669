#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "idi/eval/report.hpp"
#include "outcome_json.hpp"
#include "sample_databases.hpp"

namespace idi::eval {
namespace {

ScoredQuestion answered(double confidence, bool right) {
  ScoredQuestion question;
  question.db_id = "shop";
  question.outcome.prediction.sql = "SELECT 1";
  question.outcome.prediction.confidence = confidence;
  question.outcome.verdict = right ? Verdict::right : Verdict::wrong;
  return question;
}

ScoredQuestion unanswered(bool refused) {
  ScoredQuestion question;
  question.outcome.prediction.refused = refused;
  question.outcome.prediction.asked_back = !refused;
  return question;
}

Evaluation evaluation_of(std::vector<ScoredQuestion> questions) {
  Evaluation evaluation;
  evaluation.questions = std::move(questions);
  evaluation.summary = summarize(evaluation.questions);
  return evaluation;
}

TEST(Trust, CountsWhatWasNotAnsweredApart) {
  const auto evaluation =
      evaluation_of({answered(0.9, true), answered(0.8, true), answered(0.3, false),
                     unanswered(true), unanswered(false), unanswered(false)});
  const Trust& trust = evaluation.summary.trust;
  EXPECT_EQ(evaluation.summary.all.count, 6U);
  EXPECT_EQ(evaluation.summary.all.right, 2U);
  EXPECT_EQ(trust.answered.count, 3U);
  EXPECT_EQ(trust.answered.right, 2U);
  EXPECT_EQ(trust.refused, 1U);
  EXPECT_EQ(trust.asked_back, 2U);
  // Two of all six questions, not two of the three that were answered.
  EXPECT_NEAR(trust.coverage.share, 2.0 / 6, 1e-12);
  EXPECT_EQ(trust.coverage.threshold, 0.8);
  ASSERT_TRUE(trust.reliability);
  EXPECT_NEAR(trust.reliability->expected_calibration_error, (0.1 + 0.2 + 0.3) / 3, 1e-9);
  EXPECT_EQ(trust.reliability->ranking_quality, 1);
}

TEST(Trust, WithoutConfidencesNothingIsSaidOfThem) {
  const auto evaluation = evaluation_of({answered(0, true), answered(0, false)});
  EXPECT_FALSE(evaluation.summary.trust.reliability);
  EXPECT_EQ(summary_json(evaluation, {}).find("brier_score"), std::string::npos);
  EXPECT_EQ(summary_text(evaluation, {}).find("Brier"), std::string::npos);
  EXPECT_EQ(report_html(evaluation, {}).find("<svg"), std::string::npos);
}

TEST(Trust, StandsInEveryReport) {
  const auto evaluation = evaluation_of({answered(0.9, true), answered(0.3, false)});
  const std::string json = summary_json(evaluation, {});
  EXPECT_NE(json.find(R"("trust":{"answered":{"count":2,"correct":1,)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("expected_calibration_error":0.2000)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("coverage":{"precision":0.90,"share":0.5000,"threshold":0.9000})"),
            std::string::npos)
      << json;
  EXPECT_NE(
      json.find(R"({"low":0.90,"high":1.00,"count":1,"confidence":0.9000,"accuracy":1.0000})"),
      std::string::npos)
      << json;
  EXPECT_NE(summary_text(evaluation, {}).find("calibration error (ECE)"), std::string::npos);
  const std::string html = report_html(evaluation, {});
  EXPECT_NE(html.find("<svg "), std::string::npos);
  EXPECT_EQ(html.find("http://"), std::string::npos);
}

TEST(Trust, TheDiagramIsAFileOfItsOwn) {
  const auto evaluation = evaluation_of({answered(0.9, true), answered(0.35, false)});
  const std::string svg = reliability_svg(*evaluation.summary.trust.reliability);
  EXPECT_TRUE(svg.starts_with("<svg xmlns=")) << svg;
  EXPECT_TRUE(svg.ends_with("</svg>\n")) << svg;
  EXPECT_NE(svg.find("90 to 100 % sure: 1 answers, 100.0 % right"), std::string::npos) << svg;
}

TEST(Trust, OutcomesKeepWhyThereIsNoAnswer) {
  for (const bool refused : {true, false}) {
    const auto outcome = outcome_from_json_line(to_json_line(unanswered(refused).outcome));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->prediction.refused, refused);
    EXPECT_EQ(outcome->prediction.asked_back, !refused);
  }
}

}  // namespace
}  // namespace idi::eval
