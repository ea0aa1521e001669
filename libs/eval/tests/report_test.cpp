#include "idi/eval/report.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "html_text.hpp"
#include "sample_databases.hpp"

namespace idi::eval {
namespace {

const std::string hostile = "</pre><script>alert('x')</script>\"' onload=1 &amp; <img src=x>";

ScoredQuestion hostile_question() {
  ScoredQuestion question;
  question.db_id = "db" + hostile;
  question.question = "q" + hostile;
  question.gold_sql = "SELECT '" + hostile + "'";
  question.outcome.diagnosis = {ErrorKind::value};
  question.outcome.prediction.sql = "SELECT \"" + hostile + "\"";
  question.outcome.prediction.phases = {{"phase" + hostile, 1}};
  question.outcome.total_ms = 2;
  question.outcome.gold.columns = {"c" + hostile};
  question.outcome.gold.rows = {{"v" + hostile}, {std::string("\0\x1B[31m", 6)}};
  question.outcome.gold.row_count = 2;
  question.outcome.predicted.error = "e" + hostile;
  return question;
}

Evaluation evaluation_of(std::vector<ScoredQuestion> questions) {
  Evaluation evaluation;
  evaluation.questions = std::move(questions);
  evaluation.summary = summarize(evaluation.questions);
  return evaluation;
}

TEST(HtmlReport, ForeignTextNeverBecomesMarkup) {
  EvalOptions options;
  options.questions = "dir/" + std::string("f<script>.json");
  const std::string html = report_html(evaluation_of({hostile_question()}), options);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_EQ(html.find('\x1B'), std::string::npos);
  EXPECT_EQ(html.find('\0'), std::string::npos);
  EXPECT_NE(html.find("&lt;/pre&gt;&lt;script&gt;alert(&#39;x&#39;)"), std::string::npos);
  EXPECT_NE(html.find("&amp;amp;"), std::string::npos);
}

TEST(HtmlReport, LoadsNothingAndRunsNothing) {
  const std::string html = report_html(evaluation_of({hostile_question()}), {});
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  for (const char* outside : {"http://", "https://", "src=\"", "@import", "url("}) {
    EXPECT_EQ(html.find(outside), std::string::npos) << outside;
  }
}

TEST(HtmlReport, ShowsTheFiguresOfTheJson) {
  std::vector<ScoredQuestion> questions(7, hostile_question());
  for (std::size_t i = 0; i < 5; ++i) {
    questions[i].outcome.verdict = Verdict::right;
    questions[i].outcome.diagnosis.clear();
    questions[i].hardness = Hardness::medium;
  }
  const Evaluation evaluation = evaluation_of(questions);
  const std::string json = summary_json(evaluation, {});
  const std::string html = report_html(evaluation, {});
  const std::string text = summary_text(evaluation, {});
  EXPECT_NE(json.find(R"("execution_accuracy":71.43,"count":7,"correct":5)"), std::string::npos);
  EXPECT_NE(json.find(R"("medium":{"count":5,"correct":5,"execution_accuracy":100.00})"),
            std::string::npos);
  EXPECT_NE(html.find("<b>71.43<small>%"), std::string::npos);
  EXPECT_NE(html.find("5 of 7 questions right"), std::string::npos);
  EXPECT_NE(html.find("medium<td>100.00 %<td>5 / 5"), std::string::npos);
  EXPECT_NE(html.find("value<td>2<td"), std::string::npos);
  EXPECT_NE(json.find(R"("value":2)"), std::string::npos);
  EXPECT_NE(text.find("71.43 %"), std::string::npos);
}

TEST(Summaries, CountWhoWroteWhatAndNamesOfNothing) {
  std::vector<ScoredQuestion> questions(3, hostile_question());
  questions[0].outcome.prediction.written_by = "model";
  questions[0].outcome.prediction.agreement = "differ";
  questions[0].outcome.prediction.unknown_names = 2;
  questions[1].outcome.prediction.written_by = "parser";
  questions[1].outcome.prediction.agreement = "agree";
  questions[1].outcome.verdict = Verdict::right;
  const Evaluation evaluation = evaluation_of(questions);
  const std::string json = summary_json(evaluation, {});
  EXPECT_NE(json.find(R"("unknown_names":2)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("agree":{"count":1,"correct":1)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("model":{"count":1,"correct":0)"), std::string::npos) << json;
  const std::string text = summary_text(evaluation, {});
  EXPECT_NE(text.find("that is not there: 2"), std::string::npos);
  EXPECT_NE(text.find("differ"), std::string::npos);
  const std::string plain = summary_json(evaluation_of({hostile_question()}), {});
  EXPECT_EQ(plain.find("by_writer"), std::string::npos);
}

TEST(HtmlReport, UnansweredAndUnusableAreShown) {
  ScoredQuestion unanswered = hostile_question();
  unanswered.outcome.prediction.sql.clear();
  unanswered.outcome.predicted = {};
  unanswered.outcome.diagnosis = {ErrorKind::unanswered};
  ScoredQuestion unusable = hostile_question();
  unusable.outcome.verdict = Verdict::unusable;
  unusable.outcome.diagnosis.clear();
  const std::string html = report_html(evaluation_of({unanswered, unusable}), {});
  EXPECT_NE(html.find("no SQL"), std::string::npos);
  EXPECT_NE(html.find("gold does not run"), std::string::npos);
  EXPECT_NE(html.find("1 gold queries did not run"), std::string::npos);
}

TEST(SummaryJson, NamesAreEscapedAndAllKindsAreThere) {
  const std::string json = summary_json(evaluation_of({hostile_question()}), {});
  EXPECT_NE(json.find(R"(\"' onload)"), std::string::npos);
  for (const ErrorKind kind : all_error_kinds) {
    EXPECT_NE(json.find("\"" + std::string(error_kind_name(kind)) + "\":"), std::string::npos);
  }
}

TEST(Summary, PercentilesAreNearestRank) {
  std::vector<ScoredQuestion> questions(20);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    questions[i].outcome.total_ms = static_cast<double>(20 - i);
  }
  const Summary summary = summarize(questions);
  EXPECT_EQ(summary.latency.at("total").p50_ms, 10);
  EXPECT_EQ(summary.latency.at("total").p95_ms, 19);
}

TEST(Summary, NothingIsZeroPercent) {
  const Summary summary = summarize({});
  EXPECT_EQ(percent_text(summary.all), "0.00");
  EXPECT_TRUE(summary.latency.empty());
}

TEST(HtmlTextProperty, NoMarkupSurvives) {
  EXPECT_TRUE(rc::check("escaped text has no markup character", [] {
    const auto bytes = *rc::gen::arbitrary<std::string>();
    const std::string safe = html_text(bytes);
    RC_ASSERT(safe.find_first_of("<>\"'") == std::string::npos);
    for (const char c : safe) {
      RC_ASSERT(c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20);
    }
  }));
}

}  // namespace
}  // namespace idi::eval
