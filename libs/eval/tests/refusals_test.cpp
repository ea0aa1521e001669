#include "idi/eval/refusals.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <sstream>
#include <utility>

#include "sample_databases.hpp"

namespace idi::eval {
namespace {

/// Answers by a function, and remembers what was asked of which database.
class Recorder final : public Predictor {
 public:
  using Function = std::function<Result<Prediction>(const Ask&)>;
  explicit Recorder(Function function) : function_(std::move(function)) {}
  Result<Prediction> predict(const Ask& ask, std::stop_token) override {
    const std::lock_guard lock(mutex_);
    asked.emplace_back(ask.index, ask.database.stem().string());
    return function_(ask);
  }
  std::string identity() const override { return "recorder"; }

  std::vector<std::pair<std::size_t, std::string>> asked;

 private:
  std::mutex mutex_;
  Function function_;
};

Prediction answer(double confidence) {
  Prediction prediction;
  prediction.sql = "SELECT count(*) FROM item";
  prediction.confidence = confidence;
  return prediction;
}

/// Knows the shop alone: refuses, asks back or is unsure elsewhere, by the question's number.
Result<Prediction> of_the_shop(const Ask& ask) {
  if (ask.db_id == "shop") return answer(0.9);
  if (ask.index == 0) return make_error(ErrorCode::unanswerable, "nothing about that");
  if (ask.index == 1) {
    Prediction prediction = answer(0.7);
    prediction.sql.clear();
    prediction.asked_back = true;
    return prediction;
  }
  return answer(0.2);
}

const std::string questions = question_line("shop", "a", "SELECT count(*) FROM item") +
                              question_line("shop", "b", "SELECT count(*) FROM item") +
                              question_line("shop", "c", "SELECT count(*) FROM item") +
                              question_line("zoo", "d", "SELECT count(*) FROM animal");

TEST(Refusals, CountsWhatIsTurnedDownElsewhereAndAtHome) {
  const SampleDatabases sample;
  RefusalOptions options;
  options.eval = sample.options(questions);
  options.eval.only_databases = {"shop", "zoo"};
  Recorder predictor(of_the_shop);
  const auto evaluation = evaluate_refusals(options, predictor, nullptr, {});
  ASSERT_TRUE(evaluation) << evaluation.error().to_text();
  // Of wrong databases: a, b, c of the zoo; d of the shop.
  EXPECT_EQ(evaluation->rightly.count, 4U);
  EXPECT_EQ(evaluation->rightly.refused, 1U);
  EXPECT_EQ(evaluation->rightly.asked_back, 1U);
  EXPECT_EQ(evaluation->rightly.unsure, 1U);
  EXPECT_EQ(evaluation->rightly.turned_down(), 75);
  // Of their own: d of the zoo is unsure.
  EXPECT_EQ(evaluation->falsely.count, 4U);
  EXPECT_EQ(evaluation->falsely.unsure, 1U);
  EXPECT_EQ(evaluation->falsely.turned_down(), 25);
  EXPECT_EQ(evaluation->own.summary.all.right, 3U);
  // Pairs (own, wrong), own the surer: three with 0.9 against 0, 0, 0.2 and (equal) 0.9; one with
  // 0.2 against 0, 0, (equal) 0.2 and 0.9.
  EXPECT_NEAR(evaluation->separation, (3 * 3.5 + 2.5) / 16, 1e-9);
  for (const auto& one : evaluation->elsewhere) EXPECT_NE(one.own, one.asked);
  EXPECT_EQ(evaluation->elsewhere.at(0).error, "nothing about that");
}

TEST(Refusals, DatabasesThatShareATableAreNotForeign) {
  const SampleDatabases sample;
  sample.make("market", "market.sqlite", "CREATE TABLE Item(id INTEGER, weight REAL);");
  RefusalOptions options;
  options.eval =
      sample.options(questions + question_line("market", "e", "SELECT count(*) FROM item") +
                     question_line("market", "f", "SELECT count(*) FROM item"));
  Recorder predictor(of_the_shop);
  const auto evaluation = evaluate_refusals(options, predictor, nullptr, {});
  ASSERT_TRUE(evaluation) << evaluation.error().to_text();
  for (const auto& one : evaluation->elsewhere)
    EXPECT_TRUE(one.own == "zoo" || one.asked == "zoo") << one.own << " " << one.asked;
}

TEST(Refusals, TheSeedDecides) {
  const SampleDatabases sample;
  std::string many = questions;
  for (const char* name : {"aa", "bb", "cc", "dd"}) {
    sample.make(name, std::string(name) + ".sqlite",
                "CREATE TABLE " + std::string(name) + "(id INTEGER);");
    many += question_line(name, "q", "SELECT count(*) FROM " + std::string(name));
  }
  const auto asked_with = [&](std::uint64_t seed) {
    RefusalOptions options;
    options.eval = sample.options(many);
    options.seed = seed;
    Recorder predictor(of_the_shop);
    const auto evaluation = evaluate_refusals(options, predictor, nullptr, {});
    std::vector<std::string> asked;
    if (evaluation)
      for (const auto& one : evaluation->elsewhere) asked.push_back(one.asked);
    return asked;
  };
  EXPECT_EQ(asked_with(1).size(), 8U);
  EXPECT_EQ(asked_with(1), asked_with(1));
  EXPECT_NE(asked_with(1), asked_with(2));
}

TEST(Refusals, NeedMoreThanOneDatabase) {
  const SampleDatabases sample;
  RefusalOptions options;
  options.eval = sample.options(question_line("shop", "a", "SELECT 1"));
  Recorder predictor(of_the_shop);
  EXPECT_EQ(evaluate_refusals(options, predictor, nullptr, {}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_TRUE(predictor.asked.empty());
}

TEST(Refusals, ReportsSayTheSame) {
  const SampleDatabases sample;
  RefusalOptions options;
  options.eval = sample.options(questions);
  options.eval.report = sample.folder() / "report";
  Recorder predictor(of_the_shop);
  std::ostringstream out;
  const auto evaluation = run_refusal_command(options, predictor, false, {out}, {});
  ASSERT_TRUE(evaluation) << evaluation.error().to_text();
  EXPECT_NE(out.str().find("turned down                75.00 %        25.00 %"), std::string::npos)
      << out.str();
  const std::string json = read_text(*options.eval.report / "refusals.json");
  EXPECT_NE(json.find(R"("wrong_databases":{"count":4,"refused":1,"asked_back":1,"unsure":1,)"),
            std::string::npos)
      << json;
  const std::string lines = read_text(*options.eval.report / "elsewhere.jsonl");
  EXPECT_NE(lines.find(R"("own":"shop","asked":"zoo","refused":true)"), std::string::npos) << lines;
}

TEST(Refusals, AStopEndsIt) {
  const SampleDatabases sample;
  RefusalOptions options;
  options.eval = sample.options(questions);
  std::stop_source stop;
  Recorder predictor([&](const Ask&) -> Result<Prediction> {
    stop.request_stop();
    return make_error(ErrorCode::cancelled, "stopped");
  });
  EXPECT_EQ(evaluate_refusals(options, predictor, nullptr, stop.get_token()).error().code,
            ErrorCode::cancelled);
}

}  // namespace
}  // namespace idi::eval
