// A stop ends a question promptly, whatever phase it meets: over a schema of a thousand tables with
// the weights that the project ships, and over statements that never end.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <random>
#include <thread>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/engine/understanding.hpp"
#include "pipeline_fixture.hpp"

namespace idi::engine {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;
using testing::PipelineTest;

constexpr const char* weights = "models/idi-parser.bin";
constexpr int stops = 40;
/// What the design promises is 100; a machine that tests on both cores at once gets more.
constexpr double most_ms = 300;

/// Asks, stops after a random part of `usual_ms`, and says how long the end took: 0 if it was over.
double stop_once(Pipeline& pipeline, const Question& question, const AskLimits& limits,
                 double usual_ms, std::mt19937& random) {
  std::stop_source stop;
  std::atomic<Clock::time_point> asked{Clock::time_point::max()};
  const Milliseconds delay(std::uniform_real_distribution<>(0, usual_ms)(random));
  std::jthread stopper([&] {
    std::this_thread::sleep_for(delay);
    asked = Clock::now();
    stop.request_stop();
  });
  const auto answer = pipeline.ask(question, limits, no_events(), stop.get_token());
  const auto ended = Clock::now();
  stopper.join();
  if (!answer) {
    EXPECT_EQ(answer.error().code, ErrorCode::cancelled) << answer.error().to_text();
  }
  return answer ? 0 : Milliseconds(ended - asked.load()).count();
}

/// Nine of ten within the bound: the tenth is the machine's.
void expect_prompt_stops(Pipeline& pipeline, const Question& question, const AskLimits& limits,
                         double usual_ms) {
  std::mt19937 random(7);
  std::vector<double> took;
  for (int i = 0; i < stops; ++i) {
    took.push_back(stop_once(pipeline, question, limits, usual_ms, random));
  }
  std::sort(took.begin(), took.end());
  const double slow = took[stops * 9 / 10];
  ::testing::Test::RecordProperty("p50_ms", fmt::format("{:.1f}", took[stops / 2]));
  ::testing::Test::RecordProperty("p90_ms", fmt::format("{:.1f}", slow));
  ::testing::Test::RecordProperty("max_ms", fmt::format("{:.1f}", took.back()));
  EXPECT_LT(slow, most_ms);
}

TEST_F(PipelineTest, AStopEndsAStatementThatNeverEnds) {
  limits_.trial_timeout_ms = 60'000;
  limits_.trial_budget_ms = 60'000;
  const auto asking = pipeline({testing::endless});
  expect_prompt_stops(*asking, {"how many customers"}, limits_, 40);
}

// Made after opening, which would try to index its values.
TEST_F(PipelineTest, AStopEndsAViewThatNeverEnds) {
  file_.run(
      "CREATE VIEW numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
      "SELECT count(*) AS number, max(i) AS size FROM n");
  const auto asking = pipeline({"SELECT number FROM numbers", "SELECT size FROM numbers",
                                "SELECT number FROM numbers WHERE size > 3"});
  expect_prompt_stops(*asking, {"how many customers"}, limits_, 200);
}

TEST_F(PipelineTest, AStopEndsTheRedrawingOfWhatNeverEnds) {
  const auto asking = pipeline({});
  const Question redraw{"as a pie", {{"numbers", testing::endless}}};
  expect_prompt_stops(*asking, redraw, limits_, 40);
}

/// A thousand tables of ten columns, each with keys to two others.
std::string many_tables() {
  std::string script = "BEGIN;";
  constexpr int tables = 1000;
  const char* nouns[] = {"customer", "order",  "store",  "product", "visit",
                         "loan",     "ticket", "flight", "course",  "claim"};
  for (int t = 0; t < tables; ++t) {
    script += fmt::format(
        "CREATE TABLE {0}_{1} ({0}_{1}_id INTEGER PRIMARY KEY, name TEXT, city TEXT, status TEXT, "
        "amount REAL, opened_on DATE, closed_on DATE, rating INTEGER, parent_id INTEGER "
        "REFERENCES {2}_{3}, other_id INTEGER REFERENCES {4}_{5});",
        nouns[t % 10], t, nouns[(t * 7 / 10) % 10], t * 7 / 10, nouns[(t / 2) % 10], t / 2);
    script += fmt::format(
        "INSERT INTO {0}_{1} VALUES (1, 'name {1}', 'Berlin', 'open', 3.5, '2023-01-01', NULL, 4, "
        "1, 1);",
        nouns[t % 10], t);
  }
  return script + "COMMIT;";
}

TEST(Cancellation, AStopEndsAQuestionOverAThousandTables) {
  ASSERT_TRUE(std::filesystem::exists(weights)) << "there is no " << weights;
  const testing::ShopFile file;
  file.run(many_tables());
  const auto source = testing::open_source(file);
  auto parser = parser::Parser::open(weights);
  ASSERT_TRUE(parser) << parser.error().to_text();
  const auto asking = std::move(*Pipeline::open(source, {make_parser_generator(*parser)}));
  Question question{
      "What are the names and the amounts of the customers in Berlin with a rating above 3?"};
  question.may_ask_back = false;
  AskLimits limits;
  const auto begin = Clock::now();
  const auto answer = asking->ask(question, limits, no_events(), {});
  ASSERT_TRUE(answer) << answer.error().to_text();
  const double usual = Milliseconds(Clock::now() - begin).count();
  RecordProperty("whole_ms", fmt::format("{:.0f}", usual));
  expect_prompt_stops(*asking, question, limits, usual);

  // The longest question that is read, and a word of greeting: no phase is long on its own.
  Question longest{"customers "};
  while (longest.text.size() + 40 < max_question_bytes)
    longest.text += "and orders, stores as products ";
  for (const Question& other :
       {longest, Question{"hello"}, Question{"how are the tables connected?"}}) {
    const auto from = Clock::now();
    static_cast<void>(asking->ask(other, limits, no_events(), {}));
    EXPECT_LT(Milliseconds(Clock::now() - from).count(), 3 * usual + most_ms) << other.text;
  }
  expect_prompt_stops(*asking, longest, limits, usual / 2);
}

}  // namespace
}  // namespace idi::engine
