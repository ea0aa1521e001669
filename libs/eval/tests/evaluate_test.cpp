#include "idi/eval/evaluate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "idi/eval/command.hpp"
#include "idi/eval/report.hpp"
#include "question_list.hpp"
#include "sample_databases.hpp"

namespace idi::eval {
namespace {

/// Answers by a function; counts its calls.
class FunctionPredictor final : public Predictor {
 public:
  using Function = std::function<Result<Prediction>(const Ask&)>;
  explicit FunctionPredictor(Function function) : function_(std::move(function)) {}
  Result<Prediction> predict(const Ask& ask, std::stop_token) override {
    ++calls;
    return function_(ask);
  }
  std::string identity() const override { return "function"; }

  std::atomic<int> calls{0};

 private:
  Function function_;
};

FunctionPredictor always(std::string sql) {
  return FunctionPredictor([sql](const Ask&) -> Result<Prediction> {
    Prediction prediction;
    prediction.sql = sql;
    prediction.phases = {{"decoding", 2.0}};
    return prediction;
  });
}

const std::string three_questions =
    question_line("shop", "how many items", "SELECT count(*) FROM item") +
    question_line("zoo", "kinds", "SELECT DISTINCT kind FROM animal") +
    question_line("shop", "items by price", "SELECT name FROM item ORDER BY price");

Outcome outcome_of(const SampleDatabases& sample, const std::string& gold,
                   const std::string& predicted, Metric metric = Metric::spider,
                   bool keep_distinct = false,
                   std::chrono::milliseconds timeout = std::chrono::seconds(30)) {
  EvalOptions options = sample.options(question_line("shop", "q", gold));
  options.metric = metric;
  options.keep_distinct = keep_distinct;
  options.query_timeout = timeout;
  auto predictor = always(predicted);
  auto evaluation = evaluate(options, &predictor, nullptr, {});
  EXPECT_TRUE(evaluation) << evaluation.error().to_text();
  return evaluation ? evaluation->questions.at(0).outcome : Outcome{};
}

TEST(Evaluate, CountsRightAndWrong) {
  const SampleDatabases sample;
  auto predictor = FunctionPredictor([](const Ask& ask) -> Result<Prediction> {
    Prediction prediction;
    prediction.sql = ask.db_id == "zoo" ? "SELECT kind FROM animal" : "SELECT count(*) FROM item";
    return prediction;
  });
  const auto evaluation = evaluate(sample.options(three_questions), &predictor, nullptr, {});
  ASSERT_TRUE(evaluation) << evaluation.error().to_text();
  EXPECT_EQ(evaluation->summary.all.count, 3U);
  EXPECT_EQ(evaluation->summary.all.right, 2U);  // DISTINCT is ignored on both sides
  EXPECT_EQ(evaluation->summary.by_database.at("zoo").right, 1U);
  EXPECT_EQ(evaluation->summary.by_database.at("shop").right, 1U);
  EXPECT_EQ(evaluation->summary.errors.at(ErrorKind::aggregate), 1U);
}

TEST(Evaluate, ThePredictorNeverSeesTheGoldQuery) {
  const SampleDatabases sample;
  std::vector<Ask> asks;
  auto predictor = FunctionPredictor([&](const Ask& ask) -> Result<Prediction> {
    asks.push_back(ask);
    return Prediction{};
  });
  ASSERT_TRUE(evaluate(sample.options(three_questions), &predictor, nullptr, {}));
  ASSERT_EQ(asks.size(), 3U);
  EXPECT_EQ(asks[1].index, 1U);
  EXPECT_EQ(asks[1].db_id, "zoo");
  EXPECT_EQ(asks[1].question, "kinds");
  EXPECT_EQ(asks[1].database, sample.folder() / "databases/zoo/zoo.sqlite");
}

TEST(Evaluate, VerdictsAndTheirKinds) {
  const SampleDatabases sample;
  const auto kinds = [&](const std::string& predicted) {
    return outcome_of(sample, "SELECT name FROM item", predicted).diagnosis;
  };
  EXPECT_EQ(kinds(""), ErrorDiagnosis{ErrorKind::unanswered});
  EXPECT_EQ(kinds("  "), ErrorDiagnosis{ErrorKind::unanswered});
  EXPECT_EQ(kinds("SELECT nothing FROM item"), ErrorDiagnosis{ErrorKind::failed});
  EXPECT_EQ(kinds("DELETE FROM item"), ErrorDiagnosis{ErrorKind::failed});
  EXPECT_EQ(kinds("SELECT price FROM item"), ErrorDiagnosis{ErrorKind::schema});
  EXPECT_EQ(kinds("SELECT name FROM item"), ErrorDiagnosis{});
}

TEST(Evaluate, AQueryThatNeverEndsIsATimeout) {
  const SampleDatabases sample;
  const Outcome outcome = outcome_of(
      sample, "SELECT name FROM item",
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n",
      Metric::spider, false, std::chrono::milliseconds(300));
  EXPECT_EQ(outcome.diagnosis, ErrorDiagnosis{ErrorKind::timeout});
}

TEST(Evaluate, TheOrderCountsWhereGoldOrders) {
  const SampleDatabases sample;
  const auto verdict = [&](const std::string& gold, const std::string& predicted) {
    return outcome_of(sample, gold, predicted).verdict;
  };
  EXPECT_EQ(verdict("SELECT name FROM item", "SELECT name FROM item ORDER BY price DESC"),
            Verdict::right);
  EXPECT_EQ(
      verdict("SELECT name FROM item ORDER BY price", "SELECT name FROM item ORDER BY id DESC"),
      Verdict::wrong);
  EXPECT_EQ(
      verdict("SELECT name, id FROM item ORDER BY price", "SELECT id, name FROM item ORDER BY id"),
      Verdict::right);
}

TEST(Evaluate, DistinctCountsOnlyIfItIsKept) {
  const SampleDatabases sample;
  const std::string gold = "SELECT DISTINCT id > 1 FROM item";
  const std::string predicted = "SELECT id > 1 FROM item";
  EXPECT_EQ(outcome_of(sample, gold, predicted).verdict, Verdict::right);
  EXPECT_EQ(outcome_of(sample, gold, predicted, Metric::spider, true).verdict, Verdict::wrong);
}

TEST(Evaluate, BirdComparesSetsWithColumnsInOrder) {
  const SampleDatabases sample;
  const auto verdict = [&](const std::string& predicted) {
    return outcome_of(sample, "SELECT name, id FROM item ORDER BY id", predicted, Metric::bird)
        .verdict;
  };
  EXPECT_EQ(verdict("SELECT name, id FROM item ORDER BY id DESC"), Verdict::right);
  EXPECT_EQ(verdict("SELECT id, name FROM item ORDER BY id"), Verdict::wrong);
  EXPECT_EQ(verdict("SELECT name, id FROM item UNION ALL SELECT name, id FROM item"),
            Verdict::right);
}

TEST(Evaluate, AGoldQueryThatDoesNotRunIsUnusableAndCounts) {
  const SampleDatabases sample;
  auto predictor = always("SELECT count(*) FROM item");
  const auto evaluation =
      evaluate(sample.options(question_line("shop", "q", "SELECT nonsense FROM item") +
                              question_line("shop", "q", "SELECT count(*) FROM item")),
               &predictor, nullptr, {});
  ASSERT_TRUE(evaluation);
  EXPECT_EQ(evaluation->summary.all.count, 2U);
  EXPECT_EQ(evaluation->summary.all.right, 1U);
  EXPECT_EQ(evaluation->summary.unusable, 1U);
  EXPECT_TRUE(evaluation->summary.errors.empty());
  EXPECT_FALSE(evaluation->questions[0].outcome.gold.error.empty());
}

TEST(Evaluate, EveryDatabaseOfTheFolderMustAgree) {
  const SampleDatabases sample;
  const std::string gold = "SELECT count(*) FROM item WHERE price > 2";
  const std::string lucky = "SELECT count(*) FROM item WHERE price > 1.6";
  EXPECT_EQ(outcome_of(sample, gold, lucky).verdict, Verdict::right);
  sample.make("shop", "shop_2.sqlite",
              "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, price REAL);"
              "INSERT INTO item VALUES (1,'pen',1.8);");
  EXPECT_EQ(outcome_of(sample, gold, lucky).verdict, Verdict::wrong);
  EXPECT_EQ(outcome_of(sample, gold, gold).verdict, Verdict::right);
  EXPECT_EQ(outcome_of(sample, gold, lucky, Metric::bird).verdict, Verdict::right);
}

TEST(Evaluate, PredictorErrorsAreUnansweredOrTimeouts) {
  const SampleDatabases sample;
  auto predictor = FunctionPredictor([](const Ask& ask) -> Result<Prediction> {
    if (ask.index == 0) return make_error(ErrorCode::unanswerable, "no such thing here");
    return make_error(ErrorCode::timeout, "too slow");
  });
  const auto evaluation = evaluate(sample.options(three_questions), &predictor, nullptr, {});
  ASSERT_TRUE(evaluation);
  EXPECT_EQ(evaluation->summary.errors.at(ErrorKind::unanswered), 1U);
  EXPECT_EQ(evaluation->summary.errors.at(ErrorKind::timeout), 2U);
  EXPECT_EQ(evaluation->questions[0].outcome.predicted.error, "no such thing here");
}

TEST(Evaluate, CandidatesAreScoredIfAskedFor) {
  const SampleDatabases sample;
  auto predictor = FunctionPredictor([](const Ask&) -> Result<Prediction> {
    Prediction prediction;
    prediction.sql = "SELECT 7";
    prediction.candidates = {"SELECT 7", "broken", "SELECT count(*) FROM item"};
    return prediction;
  });
  EvalOptions options = sample.options(three_questions);
  options.score_candidates = true;
  const auto evaluation = evaluate(options, &predictor, nullptr, {});
  ASSERT_TRUE(evaluation);
  EXPECT_EQ(evaluation->summary.all.right, 0U);
  ASSERT_TRUE(evaluation->summary.candidates);
  EXPECT_EQ(evaluation->summary.candidates->right, 1U);
  EXPECT_EQ(evaluation->questions[0].outcome.candidates_right,
            (std::vector<bool>{false, false, true}));
}

TEST(Evaluate, OnlyTheNamedDatabasesAreAskedAbout) {
  const SampleDatabases sample;
  auto predictor = always("SELECT kind FROM animal");
  EvalOptions options = sample.options(three_questions + question_line("moon", "q", "SELECT 1"));
  options.only_databases = {"zoo"};
  const auto evaluation = evaluate(options, &predictor, nullptr, {});
  ASSERT_TRUE(evaluation) << evaluation.error().to_text();
  EXPECT_EQ(evaluation->summary.all.count, 1U);
  EXPECT_EQ(evaluation->questions[0].outcome.index, 1U);
  options.only_databases = {"mars"};
  EXPECT_FALSE(evaluate(options, &predictor, nullptr, {}));
}

TEST(Evaluate, TimesArePercentilesByPhase) {
  const SampleDatabases sample;
  auto predictor = FunctionPredictor([](const Ask& ask) -> Result<Prediction> {
    Prediction prediction;
    prediction.phases = {{"linking", 1.0 + static_cast<double>(ask.index)}};
    return prediction;
  });
  const auto evaluation = evaluate(sample.options(three_questions), &predictor, nullptr, {});
  ASSERT_TRUE(evaluation);
  const auto& latency = evaluation->summary.latency;
  EXPECT_DOUBLE_EQ(latency.at("linking").p50_ms, 2.0);
  EXPECT_DOUBLE_EQ(latency.at("linking").p95_ms, 3.0);
  EXPECT_TRUE(latency.contains("total"));
  EXPECT_TRUE(latency.contains("predicted_sql"));
}

TEST(Evaluate, JobsDoNotChangeTheFigures) {
  const SampleDatabases sample;
  std::string questions;
  for (int i = 0; i < 60; ++i) {
    questions += question_line(i % 3 == 0 ? "zoo" : "shop", "q",
                               i % 3 == 0 ? "SELECT count(*) FROM animal"
                                          : "SELECT name FROM item LIMIT " + std::to_string(i % 4));
  }
  auto predictor = always("SELECT name FROM item");
  EvalOptions options = sample.options(questions);
  const auto alone = evaluate(options, &predictor, nullptr, {});
  options.jobs = 8;
  const auto together = evaluate(options, &predictor, nullptr, {});
  ASSERT_TRUE(alone && together);
  EXPECT_EQ(alone->summary.all.right, together->summary.all.right);
  EXPECT_EQ(alone->summary.errors, together->summary.errors);
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_EQ(together->questions[i].outcome.index, i);
    EXPECT_EQ(alone->questions[i].outcome.verdict, together->questions[i].outcome.verdict);
  }
}

TEST(Evaluate, AStopEndsItWithCancelled) {
  const SampleDatabases sample;
  std::stop_source stop;
  auto predictor = FunctionPredictor([&](const Ask& ask) -> Result<Prediction> {
    if (ask.index == 1) stop.request_stop();
    return Prediction{};
  });
  const auto evaluation =
      evaluate(sample.options(three_questions), &predictor, nullptr, stop.get_token());
  ASSERT_FALSE(evaluation);
  EXPECT_EQ(evaluation.error().code, ErrorCode::cancelled);
  EXPECT_LE(predictor.calls, 2);
}

TEST(Evaluate, AStopEndsARunningQuery) {
  const SampleDatabases sample;
  std::stop_source stop;
  auto predictor = always(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n");
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto evaluation =
      evaluate(sample.options(three_questions), &predictor, nullptr, stop.get_token());
  ASSERT_FALSE(evaluation);
  EXPECT_EQ(evaluation.error().code, ErrorCode::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(15));
}

TEST(Evaluate, ProgressEndsWithEverythingDone) {
  struct Last final : ProgressSink {
    void on_progress(const Progress& now) override { last = now; }
    Progress last;
  } sink;
  const SampleDatabases sample;
  auto predictor = always("SELECT count(*) FROM item");
  ASSERT_TRUE(evaluate(sample.options(three_questions), &predictor, &sink, {}));
  EXPECT_EQ(sink.last.done, 3U);
  EXPECT_EQ(sink.last.total, 3U);
  EXPECT_EQ(sink.last.right, 1U);
}

TEST(Evaluate, BadInputGivesClearErrors) {
  const SampleDatabases sample;
  auto predictor = always("SELECT 1");
  const auto code = [&](EvalOptions options, Predictor* with) {
    const auto evaluation = evaluate(options, with, nullptr, {});
    EXPECT_FALSE(evaluation);
    if (evaluation) return ErrorCode::internal;
    EXPECT_FALSE(evaluation.error().message.empty());
    return evaluation.error().code;
  };
  EvalOptions good = sample.options(three_questions);
  EXPECT_EQ(code(good, nullptr), ErrorCode::invalid_argument);
  EvalOptions options = good;
  options.jobs = 0;
  EXPECT_EQ(code(options, &predictor), ErrorCode::invalid_argument);
  options = good;
  options.limit = 0;
  EXPECT_EQ(code(options, &predictor), ErrorCode::invalid_argument);
  options = good;
  options.query_timeout = std::chrono::milliseconds(0);
  EXPECT_EQ(code(options, &predictor), ErrorCode::invalid_argument);
  options = good;
  options.questions = sample.folder() / "absent.json";
  EXPECT_EQ(code(options, &predictor), ErrorCode::not_found);
  options = good;
  options.tables = sample.folder() / "absent.json";
  EXPECT_EQ(code(options, &predictor), ErrorCode::not_found);
  options = good;
  options.databases = sample.folder();
  EXPECT_EQ(code(options, &predictor), ErrorCode::not_found);
  options = good;
  options.predictions = sample.write("short.sql", "SELECT 1\n");
  EXPECT_EQ(code(options, nullptr), ErrorCode::invalid_argument);
  options = good;
  options.report = sample.write("a_file", "") / "report";
  EXPECT_EQ(code(options, &predictor), ErrorCode::io_failed);
  EXPECT_EQ(code(sample.options(question_line("../shop", "q", "SELECT 1")), &predictor),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code(sample.options("[]"), &predictor), ErrorCode::invalid_argument);
}

TEST(Evaluate, MissingDatabasesAreCounted) {
  const SampleDatabases sample;
  auto predictor = always("SELECT 1");
  const auto evaluation =
      evaluate(sample.options(question_line("moon", "q", "SELECT 1") + three_questions +
                              question_line("mars", "q", "SELECT 1")),
               &predictor, nullptr, {});
  ASSERT_FALSE(evaluation);
  EXPECT_NE(evaluation.error().message.find("moon"), std::string::npos);
  EXPECT_NE(evaluation.error().message.find("1 more"), std::string::npos);
}

TEST(FilePredictor, ReadsOneAnswerALine) {
  const SampleDatabases sample;
  EvalOptions options = sample.options(three_questions);
  options.predictions = sample.write(
      "p.sql", "SELECT count(*) FROM item\tshop\r\n\nSELECT name FROM item ORDER BY id\n\n");
  const auto evaluation = evaluate(options, nullptr, nullptr, {});
  ASSERT_TRUE(evaluation) << evaluation.error().to_text();
  EXPECT_EQ(evaluation->summary.all.right, 2U);
  EXPECT_EQ(evaluation->summary.errors.at(ErrorKind::unanswered), 1U);
  EXPECT_FALSE(evaluation->summary.latency.contains("total"));
}

TEST(FilePredictor, LinesBelongToQuestionsOfTheWholeFile) {
  const SampleDatabases sample;
  EvalOptions options = sample.options(three_questions);
  options.predictions = sample.write(
      "p.sql", "SELECT count(*) FROM item\nSELECT kind FROM animal\nSELECT name FROM item");
  options.limit = 2;
  options.sample_seed = 3;
  const auto evaluation = evaluate(options, nullptr, nullptr, {});
  ASSERT_TRUE(evaluation);
  EXPECT_EQ(evaluation->summary.all.count, 2U);
  for (const auto& question : evaluation->questions) {
    EXPECT_EQ(question.outcome.verdict, Verdict::right) << question.question;
  }
}

TEST(ChooseQuestions, IsDeterministicAndInOrder) {
  EXPECT_EQ(choose_questions(4, std::nullopt, 7), (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(choose_questions(9, 3, std::nullopt), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(choose_questions(2, 5, 1), (std::vector<std::size_t>{0, 1}));
  const auto sample = choose_questions(1000, 50, 42);
  EXPECT_EQ(sample, choose_questions(1000, 50, 42));
  EXPECT_NE(sample, choose_questions(1000, 50, 43));
  EXPECT_TRUE(std::is_sorted(sample.begin(), sample.end()));
  EXPECT_EQ(std::set<std::size_t>(sample.begin(), sample.end()).size(), 50U);
  // The same on every machine and in every version: figures of samples must stay comparable.
  EXPECT_EQ(choose_questions(100, 5, 1), (std::vector<std::size_t>{53, 56, 61, 65, 66}));
}

TEST(Command, PrintsOneJsonObjectOrText) {
  const SampleDatabases sample;
  auto predictor = always("SELECT count(*) FROM item");
  std::ostringstream out;
  std::ostringstream progress;
  ASSERT_TRUE(
      run_eval_command(sample.options(three_questions), &predictor, true, {out, &progress}, {}));
  const std::string printed = out.str();
  EXPECT_EQ(printed.front(), '{');
  EXPECT_EQ(printed.find('\n'), printed.size() - 1);
  EXPECT_NE(printed.find(R"("execution_accuracy":33.33,"count":3)"), std::string::npos);
  EXPECT_NE(progress.str().find("3/3"), std::string::npos);
  out.str("");
  ASSERT_TRUE(run_eval_command(sample.options(three_questions), &predictor, false, {out}, {}));
  EXPECT_NE(out.str().find("execution accuracy 33.33 %"), std::string::npos);
}

}  // namespace
}  // namespace idi::eval
