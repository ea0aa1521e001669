#include "idi/engine/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "pipeline_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Clock = std::chrono::steady_clock;

using testing::endless;
using testing::FixedGenerator;
using testing::PipelineTest;
using testing::RecordingSink;

TEST_F(PipelineTest, AnswersWithRowsSqlAndReasons) {
  const auto answer =
      ask({"SELECT count(*) FROM customer WHERE city = 'Berlin'"}, "How many customers in Berlin?");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->sql, "SELECT count(*) FROM customer WHERE city = 'Berlin'");
  ASSERT_EQ(answer->result.rows.size(), 1U);
  EXPECT_EQ(answer->result.rows[0][0], Value(std::int64_t{2}));
  EXPECT_EQ(answer->column_hints.at(0).type, ColumnType::number);
  EXPECT_EQ(answer->explanation.text, "Counts customers whose city is “Berlin”.");
  EXPECT_THAT(answer->explanation.values, Contains("Berlin"));
  EXPECT_GT(answer->confidence, 0.9);
  EXPECT_TRUE(answer->sure);
  EXPECT_GT(answer->total_ms(), 0);
}

TEST_F(PipelineTest, CandidatesThatFailAreLeftOut) {
  const auto answer = ask({"SELECT nothing FROM customer", "DELETE FROM customer",
                           "SELECT name FROM customer WHERE city = 'Munich'"},
                          "names of customers in Munich");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->result.rows.size(), 1U);
  ASSERT_EQ(answer->candidates.size(), 3U);
  EXPECT_EQ(answer->candidates[0].state, TrialState::rows);
  EXPECT_EQ(answer->candidates[0].sql, answer->sql);
  EXPECT_EQ(answer->candidates[1].state, TrialState::failed);
  EXPECT_EQ(answer->candidates[2].state, TrialState::failed);
}

TEST_F(PipelineTest, IfAllFailTheDatabaseSaysWhy) {
  const auto answer = ask({"SELECT nothing FROM customer"}, "names of customers");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::sql_rejected);
  EXPECT_THAT(answer.error().to_text(), HasSubstr("nothing"));
}

TEST_F(PipelineTest, NothingThatWritesIsEverRun) {
  const auto answer = ask({"DELETE FROM customer", "DROP TABLE store"}, "names of customers");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::refused);
  const auto after = ask({"SELECT count(*) FROM customer"}, "how many customers");
  EXPECT_EQ(after->result.rows[0][0], Value(std::int64_t{4}));
}

TEST_F(PipelineTest, AgreementRaisesConfidence) {
  const auto agreed =
      ask({"SELECT count(*) FROM customer", "SELECT count(customer_id) FROM customer"},
          "how many customers");
  const auto divided =
      ask({"SELECT count(*) FROM customer", "SELECT count(DISTINCT city) FROM customer"},
          "how many customers");
  ASSERT_TRUE(agreed && divided);
  EXPECT_GT(agreed->confidence, divided->confidence);
  EXPECT_LE(agreed->confidence, 1);
  EXPECT_GT(divided->confidence, 0);
}

TEST_F(PipelineTest, MoreRowsThanAllowedAreCutAndSaid) {
  limits_.max_rows = 2;
  const auto answer = ask({"SELECT name FROM customer"}, "names of customers");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->result.rows.size(), 2U);
  EXPECT_TRUE(answer->result.truncated);
}

TEST_F(PipelineTest, AResultLargerThanATrialIsFetchedWhole) {
  file_.run(
      "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 999) "
      "INSERT INTO customer(customer_id, name) SELECT i, 'c' FROM n");
  source_ = testing::open_source(file_);
  const auto answer = ask({"SELECT customer_id FROM customer"}, "ids of customers");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->result.rows.size(), 994U);
  EXPECT_FALSE(answer->result.truncated);
}

TEST_F(PipelineTest, ProgressNeverGoesBack) {
  RecordingSink sink;
  const auto answer = pipeline({"SELECT name FROM customer", "SELECT city FROM customer",
                                "SELECT age FROM customer"})
                          ->ask({"names of customers"}, limits_, sink, {});
  ASSERT_TRUE(answer);
  ASSERT_GE(sink.reports.size(), 7U);
  testing::expect_true_progress(sink.reports);
  double total = 0;
  for (const double weight : phase_weights) total += weight;
  EXPECT_NEAR(total, 1, 1e-9);
}

TEST_F(PipelineTest, ASlowCandidateDoesNotHoldUpTheOthers) {
  limits_.trial_budget_ms = 5000;
  const auto start = Clock::now();
  const auto answer = ask({endless, "SELECT count(*) FROM customer"}, "how many customers");
  const auto took = Clock::now() - start;
  // The slow one may still be chosen; then its time limit ends it. Here it must not be: it is the
  // selector's decision, seen in the trial's state only.
  if (answer) {
    EXPECT_LT(took, std::chrono::seconds(3));
    EXPECT_EQ(answer->result.rows[0][0], Value(std::int64_t{4}));
  } else {
    EXPECT_EQ(answer.error().code, ErrorCode::timeout);
  }
}

TEST_F(PipelineTest, TheTimeLimitEndsAQuestion) {
  limits_.timeout_ms = 200;
  const auto start = Clock::now();
  const auto answer = ask({endless}, "how many customers");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
  EXPECT_LT(Clock::now() - start, std::chrono::milliseconds(600));
}

TEST_F(PipelineTest, AStopEndsARunningStatement) {
  // A machine that is busy with other things gets several tries.
  auto fastest = Clock::duration::max();
  for (int attempt = 0; attempt < 5 && fastest > std::chrono::milliseconds(100); ++attempt) {
    std::stop_source stop;
    Clock::time_point asked;
    std::jthread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
      asked = Clock::now();
      stop.request_stop();
    });
    const auto answer = ask({endless}, "how many customers", stop.get_token());
    const auto ended = Clock::now();
    stopper.join();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
    fastest = std::min(fastest, ended - asked);
  }
  EXPECT_LT(fastest, std::chrono::milliseconds(100));
}

TEST_F(PipelineTest, AStopReachesTheGenerator) {
  std::stop_source stop;
  generator_->before = [&](const GenerateOptions&) { stop.request_stop(); };
  const auto answer =
      ask({"SELECT count(*) FROM customer"}, "how many customers", stop.get_token());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
}

TEST_F(PipelineTest, AChangeIsRefusedInWords) {
  const auto answer = ask({"SELECT count(*) FROM customer"}, "Delete all customers");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::refused);
  EXPECT_THAT(answer.error().message, HasSubstr("only reads"));
}

TEST_F(PipelineTest, AQuestionAboutSomethingElseSaysWhatThereIs) {
  const auto answer = ask({"SELECT count(*) FROM customer"}, "What is the meaning of life?");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unanswerable);
  EXPECT_THAT(answer.error().message, HasSubstr("\"meaning\", \"life\""));
  EXPECT_THAT(answer.error().hint, HasSubstr("store, customer, purchase"));
}

TEST_F(PipelineTest, QuestionsAboutTheSchemaNeedNoSql) {
  const auto answer = ask({}, "what tables are there?");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->kind, Answer::Kind::schema);
  EXPECT_THAT(answer->sql, IsEmpty());
  EXPECT_EQ(answer->result.rows.size(), 3U);
}

TEST_F(PipelineTest, WordsThatWereNotUnderstoodAreNamed) {
  Question question{"how many zorblax customers are there"};
  question.may_ask_back = false;
  const auto answer = ask({"SELECT count(*) FROM customer"}, question);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(answer->warnings, Contains("No table, column or value is called: zorblax."));
}

TEST_F(PipelineTest, SqlOfAPersonPassesTheSameGuard) {
  const auto asking = pipeline({});
  const auto answer = asking->run_sql("SELECT city FROM store", limits_, no_events(), {});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->result.rows.size(), 2U);
  const auto refused = asking->run_sql("DROP TABLE store", limits_, no_events(), {});
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
}

TEST_F(PipelineTest, ManyThreadsShareASource) {
  std::vector<std::jthread> threads;
  std::atomic<int> right = 0;
  generator_ =
      std::make_shared<FixedGenerator>(std::vector<std::string>{"SELECT count(*) FROM customer"});
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto own = std::move(*Pipeline::open(source_, {generator_}));
      for (int n = 0; n < 20; ++n) {
        const auto answer = own->ask({"how many customers"}, limits_, no_events(), {});
        if (answer && answer->result.rows[0][0] == Value(std::int64_t{4})) ++right;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 80);
}

TEST(Source, ADatabaseWithoutTablesIsSaidToBeEmpty) {
  const testing::ShopFile file;
  file.run("DROP TABLE purchase; DROP TABLE customer; DROP TABLE store; VACUUM;");
  EXPECT_THROW(
      {
        try {
          (void)testing::open_source(file);
        } catch (const std::runtime_error& error) {
          EXPECT_THAT(error.what(), HasSubstr("no table"));
          throw;
        }
      },
      std::runtime_error);
}

}  // namespace
}  // namespace idi::engine
