#include "idi/eval/dialogue.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "dialogue_file.hpp"
#include "sample_databases.hpp"

namespace idi::eval {
namespace {

/// Answers by a function and remembers what it was asked.
class ListeningPredictor final : public Predictor {
 public:
  using Function = std::function<Result<Prediction>(const Ask&)>;
  explicit ListeningPredictor(Function function) : function_(std::move(function)) {}
  Result<Prediction> predict(const Ask& ask, std::stop_token) override {
    const std::lock_guard lock(mutex_);
    asks.push_back(ask);
    return function_(ask);
  }
  std::string identity() const override { return "listening"; }

  std::vector<Ask> asks;

 private:
  Function function_;
  std::mutex mutex_;
};

Prediction answer(std::string sql, std::string understood = "") {
  Prediction prediction;
  prediction.sql = std::move(sql);
  prediction.standalone_question = std::move(understood);
  return prediction;
}

/// The first turn's answer is right, the second's is not, a third finds no answer.
Result<Prediction> as_usual(const Ask& ask) {
  if (ask.question == "items") return answer("SELECT name FROM item");
  if (ask.question == "by price") {
    return answer("SELECT name FROM item ORDER BY price DESC", "items by price");
  }
  if (ask.question == "animals") return answer("SELECT kind FROM animal");
  return make_error(ErrorCode::unanswerable, "not understood");
}

const std::string two_dialogues =
    R"({"db_id":"shop","turns":[{"question":"items","query":"SELECT name FROM item"},)"
    R"({"question":"by price","query":"SELECT name FROM item ORDER BY price"},)"
    R"({"question":"hm","query":"SELECT count(*) FROM item"}]})"
    "\n"
    R"({"db_id":"zoo","turns":[{"question":"animals","query":"SELECT kind FROM animal"}]})"
    "\n";

struct Sample {
  SampleDatabases databases;
  DialogueOptions options(DialogueContext context, const std::string& content = two_dialogues) {
    return {databases.options(content), context};
  }
};

TEST(Dialogues, AreRightIfAllTheirTurnsAre) {
  Sample sample;
  ListeningPredictor predictor(as_usual);
  const auto evaluation =
      evaluate_dialogues(sample.options(DialogueContext::own), predictor, nullptr, {});
  ASSERT_TRUE(evaluation) << evaluation.error().to_text();
  const DialogueSummary& summary = evaluation->summary;
  EXPECT_EQ(summary.turns.count, 4U);
  EXPECT_EQ(summary.turns.right, 2U);
  EXPECT_EQ(summary.dialogues.count, 2U);
  EXPECT_EQ(summary.dialogues.right, 1U);
  ASSERT_EQ(summary.by_turn.size(), 3U);
  EXPECT_EQ(summary.by_turn[0].right, 2U);
  EXPECT_EQ(summary.by_turn[1].count, 1U);
  EXPECT_EQ(summary.by_turn[1].right, 0U);
  EXPECT_EQ(summary.follow_ups, 1U);
  EXPECT_EQ(summary.errors.at(ErrorKind::unanswered), 1U);
}

TEST(Dialogues, EachContextTellsWhatItSays) {
  const auto told = [](DialogueContext context) {
    Sample sample;
    ListeningPredictor predictor(as_usual);
    EXPECT_TRUE(evaluate_dialogues(sample.options(context), predictor, nullptr, {}));
    std::string text;
    for (const Ask& ask : predictor.asks) {
      text += ask.question + ":";
      for (const auto& before : ask.conversation) text += " " + before.question + "=" + before.sql;
      text += "\n";
    }
    return text;
  };
  EXPECT_EQ(told(DialogueContext::none), "items:\nby price:\nhm:\nanimals:\n");
  EXPECT_EQ(told(DialogueContext::own),
            "items:\n"
            "by price: items=SELECT name FROM item\n"
            "hm: items=SELECT name FROM item"
            " items by price=SELECT name FROM item ORDER BY price DESC\n"
            "animals:\n");
  EXPECT_EQ(told(DialogueContext::gold),
            "items:\n"
            "by price: items=SELECT name FROM item\n"
            "hm: items=SELECT name FROM item items by price=SELECT name FROM item ORDER BY price\n"
            "animals:\n");
}

TEST(Dialogues, WhatFoundNoAnswerIsNoPartOfTheConversation) {
  Sample sample;
  const std::string dialogue = R"({"db_id":"shop","turns":[{"question":"hm","query":"SELECT 1"},)"
                               R"({"question":"items","query":"SELECT name FROM item"}]})";
  ListeningPredictor predictor(as_usual);
  ASSERT_TRUE(
      evaluate_dialogues(sample.options(DialogueContext::own, dialogue), predictor, nullptr, {}));
  ASSERT_EQ(predictor.asks.size(), 2U);
  EXPECT_TRUE(predictor.asks[1].conversation.empty());
}

TEST(Dialogues, OnlyTheLastTurnsAreTold) {
  Sample sample;
  std::string turns;
  for (int i = 0; i < 12; ++i) {
    turns += std::string(i ? "," : "") + R"({"question":"items","query":"SELECT name FROM item"})";
  }
  ListeningPredictor predictor(as_usual);
  ASSERT_TRUE(evaluate_dialogues(
      sample.options(DialogueContext::own, R"({"db_id":"shop","turns":[)" + turns + "]}"),
      predictor, nullptr, {}));
  EXPECT_EQ(predictor.asks.back().conversation.size(), max_conversation_turns);
}

TEST(Dialogues, AreReadAsSparcWritesThem) {
  const auto dialogues = parse_dialogues(
      R"([{"database_id":"shop","final":{"query":"x"},"interaction":[{"utterance":"a","query":"b",)"
      R"("sql":{}}]},{"database_id":"shop","interaction":[]}])",
      "file");
  ASSERT_TRUE(dialogues) << dialogues.error().to_text();
  ASSERT_EQ(dialogues->size(), 1U);  // one without turns says nothing
  EXPECT_EQ(dialogues->at(0).db_id, "shop");
  EXPECT_EQ(dialogues->at(0).turns.at(0).question, "a");
  EXPECT_EQ(dialogues->at(0).turns.at(0).gold_sql, "b");
}

TEST(Dialogues, BadFilesAreNamedWithTheirPlace) {
  for (const auto& [content, place] : std::vector<std::pair<std::string, std::string>>{
           {"", "file"},
           {"[]", "file"},
           {"{\"db_id\":\"a\",\"turns\":[]}", "file"},
           {"[1]", "record 1"},
           {"{", "line 1"},
           {"\n{\"turns\":[]}", "line 2"},
           {"{\"db_id\":\"a\"}", "line 1"},
           {"{\"db_id\":\"a\",\"turns\":[{\"question\":\"a\"}]}", "line 1"},
           {"{\"db_id\":\"a\",\"turns\":[{\"query\":\"a\"}]}", "line 1"},
           {"{\"db_id\":\"a\",\"turns\":[7]}", "line 1"}}) {
    const auto dialogues = parse_dialogues(content, "file");
    ASSERT_FALSE(dialogues) << content;
    EXPECT_EQ(dialogues.error().code, ErrorCode::invalid_argument) << content;
    EXPECT_NE(dialogues.error().message.find(place), std::string::npos)
        << dialogues.error().message;
  }
}

TEST(Dialogues, UnknownDatabasesAndFilesAreErrors) {
  Sample sample;
  ListeningPredictor predictor(as_usual);
  const auto code = [&](const DialogueOptions& options) {
    const auto evaluation = evaluate_dialogues(options, predictor, nullptr, {});
    EXPECT_FALSE(evaluation);
    return evaluation ? ErrorCode::internal : evaluation.error().code;
  };
  EXPECT_EQ(code(sample.options(DialogueContext::own,
                                R"({"db_id":"moon","turns":[{"question":"q","query":"q"}]})")),
            ErrorCode::not_found);
  EXPECT_EQ(code(sample.options(DialogueContext::own,
                                R"({"db_id":"../zoo","turns":[{"question":"q","query":"q"}]})")),
            ErrorCode::invalid_argument);
  DialogueOptions only = sample.options(DialogueContext::own);
  only.eval.only_databases = {"moon"};
  EXPECT_EQ(code(only), ErrorCode::not_found);
  DialogueOptions missing = sample.options(DialogueContext::own);
  missing.eval.questions = sample.databases.folder() / "nowhere.json";
  EXPECT_EQ(code(missing), ErrorCode::not_found);
}

TEST(Dialogues, AStopIsCancelled) {
  Sample sample;
  std::stop_source stop;
  ListeningPredictor predictor([&](const Ask&) -> Result<Prediction> {
    stop.request_stop();
    return make_error(ErrorCode::cancelled, "stopped");
  });
  const auto evaluation = evaluate_dialogues(sample.options(DialogueContext::own), predictor,
                                             nullptr, stop.get_token());
  ASSERT_FALSE(evaluation);
  EXPECT_EQ(evaluation.error().code, ErrorCode::cancelled);
}

TEST(Dialogues, SummariesSayTheFigures) {
  Sample sample;
  ListeningPredictor predictor(as_usual);
  DialogueOptions options = sample.options(DialogueContext::own);
  options.eval.report = sample.databases.folder() / "report";
  std::ostringstream out;
  ASSERT_TRUE(run_dialogue_command(options, predictor, true, {out, nullptr}, {}));
  EXPECT_EQ(out.str().substr(0, 62),
            R"({"question_match":50.00,"interaction_match":50.00,"context":"o)");
  EXPECT_EQ(read_text(*options.eval.report / "summary.json"), out.str());
  const std::string lines = read_text(*options.eval.report / "dialogues.jsonl");
  EXPECT_NE(lines.find(R"("understood":"items by price")"), std::string::npos) << lines;
  std::ostringstream text;
  ASSERT_TRUE(run_dialogue_command(options, predictor, false, {text, nullptr}, {}));
  EXPECT_NE(text.str().find("interaction match   50.00 %  (1 of 2)"), std::string::npos)
      << text.str();
  EXPECT_NE(text.str().find("turn 1     100.00 %      2 of 2"), std::string::npos) << text.str();
}

}  // namespace
}  // namespace idi::eval
