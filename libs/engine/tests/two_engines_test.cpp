// Parser and language model together: who is asked, who is believed, and what is said of it. The
// engines here write what the test says; the real ones are tested in libs/model_generator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "idi/engine/pipeline.hpp"
#include "idi/sql/translate.hpp"
#include "pipeline_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::Contains;
using ::testing::Each;
using testing::FixedGenerator;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::PipelineTest;
using testing::RecordingSink;

constexpr const char* berlin = "SELECT count(*) FROM customer WHERE city = 'Berlin'";
constexpr const char* berlin_otherwise =
    "SELECT count(*) FROM customer AS c WHERE EXISTS (SELECT 1 FROM customer AS d "
    "WHERE d.customer_id = c.customer_id AND d.city = 'Berlin')";
constexpr const char* everywhere = "SELECT count(*) FROM customer";

/// A language model that says what the test wants, and remembers what it was asked.
class SaidModel final : public SqlGenerator {
 public:
  struct Said {
    std::string sql;
    double probability = 1;
  };

  Result<Generation> generate(const link::LinkedQuestion&, const link::Linker& linker,
                              const GenerateOptions& options) const override {
    ++asked;
    max_wait_ms = options.max_wait_ms;
    if (options.on_message) options.on_message("Waiting for the model to load", 0.1);
    if (before) before(options);
    if (error) return *error;
    return generation_of(says, linker);
  }

  Result<Generation> repair(const link::LinkedQuestion&, const link::Linker& linker,
                            const FailedStatement& failed, const GenerateOptions&) const override {
    heard = failed.error.to_text();
    if (says_then.empty()) return make_error(ErrorCode::unanswerable, "no other idea");
    return generation_of(says_then, linker);
  }

  Writer writer() const override { return Writer::model; }
  std::string description() const override { return "said model"; }
  GeneratorStatus status() const override { return {GeneratorStatus::State::ready, "said-1b", {}}; }

  std::vector<Said> says, says_then;
  std::optional<Error> error;
  std::function<void(const GenerateOptions&)> before;
  mutable int asked = 0;
  mutable std::int64_t max_wait_ms = 0;
  mutable std::string heard;

 private:
  static Generation generation_of(const std::vector<Said>& said, const link::Linker& linker) {
    Generation generation;
    generation.timings = ModelTimings{1, 100, 0, 20, 0, 5, 10, 20};
    for (const auto& [sql, probability] : said) {
      SqlCandidate candidate;
      candidate.sql = sql;
      candidate.log_probability = std::log(probability);
      if (auto query = sql::to_ir(sql, linker.schema())) candidate.query = std::move(*query);
      generation.candidates.push_back(std::move(candidate));
    }
    return generation;
  }
};

class TwoEngines : public PipelineTest {
 protected:
  Result<Answer> ask_both(Policy policy, std::vector<std::string> parsers,
                          std::vector<SaidModel::Said> models, std::stop_token stop = {}) {
    generator_ = std::make_shared<FixedGenerator>(std::move(parsers));
    model_->says = std::move(models);
    const auto asking = std::move(*Pipeline::open(source_, {generator_, model_, policy}));
    return asking->ask({"How many customers in Berlin?"}, limits_, sink_, std::move(stop));
  }

  std::shared_ptr<SaidModel> model_ = std::make_shared<SaidModel>();
  RecordingSink sink_;
};

TEST_F(TwoEngines, FastLeavesASureParserAlone) {
  const auto answer = ask_both(Policy::fast, {berlin}, {{everywhere}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(model_->asked, 0);
  EXPECT_EQ(answer->sql, berlin);
  EXPECT_EQ(answer->authorship.agreement, Agreement::only_parser);
  EXPECT_THAT(answer->authorship.model, IsEmpty());
  EXPECT_FALSE(answer->authorship.timings);
  testing::expect_true_progress(sink_.reports);
}

TEST_F(TwoEngines, FastAsksForASecondOpinionWhereTheParserIsUnsure) {
  const auto answer = ask_both(Policy::fast, {everywhere, berlin}, {{berlin_otherwise}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(model_->asked, 1);
  EXPECT_LE(model_->max_wait_ms, fast_wait_ms);
  EXPECT_THAT(sink_.reports,
              Contains(::testing::Field(&Progress::message, "Waiting for the model to load")));
  EXPECT_EQ(answer->authorship.model, "said-1b");
  ASSERT_TRUE(answer->authorship.timings);
  EXPECT_EQ(answer->authorship.timings->prompt_tokens, 100);
  testing::expect_true_progress(sink_.reports);
}

TEST_F(TwoEngines, TheSameResultByAnotherStatementIsAgreement) {
  const auto alone = ask_both(Policy::fast, {berlin, everywhere}, {});
  const auto answer = ask_both(Policy::careful, {berlin, everywhere}, {{berlin_otherwise}});
  ASSERT_TRUE(alone && answer);
  EXPECT_EQ(answer->authorship.agreement, Agreement::agree);
  EXPECT_EQ(answer->sql, berlin);
  EXPECT_EQ(answer->authorship.written_by, Writer::parser);
  EXPECT_THAT(answer->authorship.other_sql, IsEmpty());
  EXPECT_GT(answer->confidence, alone->confidence);
  EXPECT_LE(answer->confidence, 1);
  EXPECT_THAT(answer->warnings, IsEmpty());
}

TEST_F(TwoEngines, WhereTheyDifferTheBetterScoredWinsAndTheAnswerSaysSo) {
  const auto answer = ask_both(Policy::careful, {berlin}, {{everywhere}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->sql, berlin);
  EXPECT_EQ(answer->authorship.agreement, Agreement::differ);
  EXPECT_EQ(answer->authorship.other_sql, everywhere);
  EXPECT_LT(answer->confidence, 1);
  ASSERT_EQ(answer->candidates.size(), 2U);
  EXPECT_EQ(answer->candidates[0].writer, Writer::parser);
  EXPECT_EQ(answer->candidates[1].writer, Writer::model);
}

TEST_F(TwoEngines, TheModelDecidesBetweenTheParsersOwnDoubts) {
  const auto answer =
      ask_both(Policy::careful, {"SELECT city FROM store", everywhere, berlin}, {{berlin}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->sql, berlin);
}

TEST_F(TwoEngines, AModelVotesByResult) {
  const auto answer = ask_both(Policy::model, {everywhere},
                               {{everywhere, 0.4}, {berlin, 0.35}, {berlin_otherwise, 0.25}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->sql, berlin);
  EXPECT_EQ(answer->authorship.written_by, Writer::model);
  EXPECT_EQ(answer->authorship.agreement, Agreement::only_model);
  EXPECT_GT(answer->confidence, 0.3);
  EXPECT_LT(answer->confidence, 0.9);
}

TEST_F(TwoEngines, AModelsOwnSqlIsExplainedHonestly) {
  const auto answer = ask_both(Policy::model, {berlin}, {{berlin_otherwise}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->sql, berlin_otherwise);
  EXPECT_THAT(answer->explanation.text, HasSubstr("language model's own SQL"));
  EXPECT_EQ(answer->result.rows.at(0).at(0), Value(std::int64_t{2}));
  const auto plain = ask_both(Policy::model, {everywhere}, {{berlin}});
  EXPECT_EQ(plain->explanation.text, "Counts customers whose city is “Berlin”.");
}

TEST_F(TwoEngines, AModelThatFailsLeavesTheParsersAnswerAndANote) {
  for (const auto code : {ErrorCode::unavailable, ErrorCode::timeout, ErrorCode::refused}) {
    for (const auto policy : {Policy::careful, Policy::model}) {
      model_->error = make_error(code, "the model's server is gone");
      const auto answer = ask_both(policy, {berlin}, {});
      ASSERT_TRUE(answer) << answer.error().to_text();
      EXPECT_EQ(answer->sql, berlin);
      EXPECT_EQ(answer->authorship.agreement, Agreement::only_parser);
      EXPECT_THAT(answer->warnings, Contains(HasSubstr("the model's server is gone")));
    }
  }
}

TEST_F(TwoEngines, NothingThatWritesIsRunWhoeverWroteIt) {
  const auto answer =
      ask_both(Policy::model, {berlin}, {{"DROP TABLE customer"}, {"DELETE FROM customer"}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->sql, berlin);
  EXPECT_EQ(answer->authorship.agreement, Agreement::only_parser);
  EXPECT_THAT(answer->warnings, Contains(HasSubstr("The language model gave no answer")));
  EXPECT_EQ(testing::rows_of(*source_, everywhere).rows[0][0], Value(std::int64_t{4}));
}

TEST_F(TwoEngines, AStatementThatFailsGoesBackOnceWithTheDatabasesWords) {
  model_->says_then = {{berlin}};
  const auto answer = ask_both(Policy::model, {everywhere}, {{"SELECT nothing FROM customer"}});
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_THAT(model_->heard, HasSubstr("nothing"));
  EXPECT_EQ(answer->sql, berlin);
  EXPECT_EQ(answer->authorship.written_by, Writer::model);
  EXPECT_EQ(answer->authorship.timings->requests, 2);
  testing::expect_true_progress(sink_.reports);
}

TEST_F(TwoEngines, IfBothFailTheErrorNamesBoth) {
  model_->error = make_error(ErrorCode::unavailable, "the model's server is gone");
  const auto answer = ask_both(Policy::careful, {}, {});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  EXPECT_THAT(answer.error().to_text(), HasSubstr("the model's server is gone"));
}

TEST_F(TwoEngines, AStopWhileTheModelWritesEndsTheQuestion) {
  std::stop_source stop;
  model_->before = [&](const GenerateOptions&) { stop.request_stop(); };
  model_->error = make_error(ErrorCode::cancelled, "stopped");
  const auto answer = ask_both(Policy::careful, {berlin}, {}, stop.get_token());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
}

TEST_F(TwoEngines, TheModelLeavesTimeForTheParsersAnswer) {
  limits_.timeout_ms = 10'000;
  std::int64_t given = 0;
  model_->before = [&](const GenerateOptions& options) {
    given = options.deadline.remaining().count();
  };
  ASSERT_TRUE(ask_both(Policy::careful, {berlin}, {{berlin}}));
  EXPECT_LE(given, 8'000);
  EXPECT_GT(given, 4'000);
}

TEST_F(TwoEngines, TheSameQuestionTwiceGivesTheSameSql) {
  std::optional<std::string> first;
  for (int i = 0; i < 3; ++i) {
    const auto answer = ask_both(Policy::careful, {everywhere, berlin},
                                 {{berlin_otherwise, 0.5}, {everywhere, 0.5}});
    ASSERT_TRUE(answer);
    if (!first) first = answer->sql;
    EXPECT_EQ(answer->sql, *first);
  }
}

TEST(Policies, HaveNames) {
  for (const Policy policy : {Policy::fast, Policy::careful, Policy::model}) {
    EXPECT_EQ(policy_from_name(policy_name(policy)), policy);
  }
  EXPECT_FALSE(policy_from_name("quick"));
}

}  // namespace
}  // namespace idi::engine
