// llama.cpp's llama-server as it is.
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <csignal>
#include <regex>
#include <thread>

#include "idi/core/text.hpp"
#include "real_server.hpp"

namespace idi::llm {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

constexpr milliseconds promptly{3'000};
constexpr const char* prompt = "a ship in the harbour and another ship";

Completions must_complete(LanguageModel& model, const CompletionRequest& request) {
  auto completions = model.complete(request);
  EXPECT_TRUE(completions) << completions.error().to_text();
  return completions ? *completions : Completions{{Completion{}}, {}};
}

std::string text_of(LanguageModel& model, const CompletionRequest& request) {
  return must_complete(model, request).candidates.at(0).text;
}

/// One server for all of them.
class LlamaServerItself : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<RealServer>(RealServer::Options{}); }
  static void TearDownTestSuite() { server_.reset(); }
  void SetUp() override { model = server_->open(); }

  static std::unique_ptr<RealServer> server_;
  std::shared_ptr<LanguageModel> model;
};
std::unique_ptr<RealServer> LlamaServerItself::server_;

TEST_F(LlamaServerItself, TellsWhatItCan) {
  const auto& capabilities = model->capabilities();
  EXPECT_EQ(capabilities.model, "random");
  EXPECT_EQ(capabilities.context_tokens, context_of_slot);
  EXPECT_EQ(capabilities.slot_count, 3);
  EXPECT_TRUE(capabilities.grammar);
  EXPECT_FALSE(capabilities.adapters);
  EXPECT_EQ(*model->count_tokens("ab", Deadline::never(), {}), 3) << "<s>, \" a\", b";
}

TEST_F(LlamaServerItself, StreamsText) {
  auto request = request_of(prompt);
  request.grammar = letters_grammar(30, 40);
  std::vector<std::string> pieces;
  request.on_text = [&](std::string_view text) { pieces.emplace_back(text); };
  const auto completions = must_complete(*model, request);
  EXPECT_GT(pieces.size(), 10U);
  EXPECT_EQ(text::join(pieces, ""), completions.candidates[0].text);
  EXPECT_EQ(completions.candidates[0].tokens, 24);
  EXPECT_FALSE(completions.candidates[0].complete);
  EXPECT_GT(completions.timings.prompt_tokens, 20);
  EXPECT_EQ(completions.timings.generated_tokens, 24);
  EXPECT_GT(completions.timings.generation_ms, 0);
  EXPECT_GT(completions.timings.first_text_ms, 0);
}

TEST_F(LlamaServerItself, ObeysAGrammar) {
  auto request = request_of(prompt, 60);
  request.grammar = "root ::= \"select \" (\"name\" | \"age\") \" from \" [a-z]{2,6} \";\"";
  request.candidates = 4;
  for (const auto& candidate : must_complete(*model, request).candidates) {
    EXPECT_TRUE(std::regex_match(candidate.text, std::regex("select (name|age) from [a-z]{2,6};")))
        << candidate.text;
    EXPECT_TRUE(candidate.complete);
  }
}

TEST_F(LlamaServerItself, SaysWhatIsWrongWithAGrammar) {
  auto request = request_of(prompt);
  request.grammar = "root ::= nothing";
  const auto completions = model->complete(request);
  ASSERT_FALSE(completions);
  EXPECT_EQ(completions.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(completions.error().detail, HasSubstr("grammar"));
}

TEST_F(LlamaServerItself, TheSameSeedGivesTheSameTexts) {
  auto request = request_of(prompt);
  request.candidates = 3;
  request.temperature = 1;
  const auto texts = [&] {
    std::vector<std::string> list;
    for (auto& candidate : must_complete(*model, request).candidates)
      list.push_back(candidate.text);
    return list;
  };
  const auto first = texts();
  EXPECT_EQ(texts(), first);
  EXPECT_NE(first[0], first[1]);
  request.seed = 77;
  EXPECT_NE(texts(), first);
}

TEST_F(LlamaServerItself, SeveralCandidatesTakeOnePrefill) {
  const std::string long_prompt = std::string(600, 'x') + prompt;
  auto request = request_of(long_prompt);
  const double before = server_->metric("prompt_tokens_total");
  request.candidates = 4;
  const auto completions = must_complete(*model, request);
  const double worked = server_->metric("prompt_tokens_total") - before;
  ASSERT_EQ(completions.candidates.size(), 4U);
  EXPECT_GE(completions.timings.prompt_tokens, 600);
  EXPECT_LE(worked, completions.timings.prompt_tokens + 16) << "read once, not four times";
  request.candidates = 1;
  EXPECT_EQ(text_of(*model, request), completions.candidates[0].text) << "the first is greedy";
}

TEST_F(LlamaServerItself, MoreCandidatesThanSlots) {
  auto request = request_of(prompt, 4);
  request.candidates = 8;
  EXPECT_EQ(must_complete(*model, request).candidates.size(), 8U);
}

/// As the server tells it when it does not stream: of every token, from the model's own numbers.
double sum_by_the_server(const RealServer& server, const CompletionRequest& request) {
  const json::object body{{"prompt", json_text(std::get<std::string>(request.prompt))},
                          {"n_predict", request.max_tokens},
                          {"temperature", 0},
                          {"n_probs", 1},
                          {"grammar", json_text(request.grammar)}};
  const json::value reply = json::parse(server.ask("/completion", json::serialize(body)));
  double sum = 0;
  for (const auto& token : reply.at("completion_probabilities").as_array()) {
    sum += token.at("logprob").to_number<double>();
  }
  return sum;
}

TEST_F(LlamaServerItself, LogProbabilitiesAddUpToWhatItTells) {
  for (const char* grammar : {"root ::= [a-z]{10,12}", "root ::= \"select name\""}) {
    auto request = request_of(prompt, 40);
    request.grammar = grammar;
    const auto completions = must_complete(*model, request);
    ASSERT_TRUE(completions.candidates[0].log_probability) << completions.candidates[0].text;
    EXPECT_NEAR(*completions.candidates[0].log_probability, sum_by_the_server(*server_, request),
                1e-3);
    // The second grammar leaves no choice: the model's own opinion is told nevertheless.
    EXPECT_LT(*completions.candidates[0].log_probability, -5);
    request.log_probabilities = false;
    EXPECT_FALSE(must_complete(*model, request).candidates[0].log_probability);
  }
}

TEST_F(LlamaServerItself, StopsAtAText) {
  auto request = request_of(prompt, 60);
  request.grammar = "root ::= \"select name;\" [a-z]{40}";
  request.stop_texts = {";"};
  const auto completions = must_complete(*model, request);
  EXPECT_EQ(completions.candidates[0].text, "select name");
  EXPECT_TRUE(completions.candidates[0].complete);
}

TEST_F(LlamaServerItself, AStopIsSeenToStopIt) {
  std::stop_source source;
  auto request = request_of(prompt, 900);
  request.grammar = "root ::= [a-z] root";
  request.stop = source.get_token();
  request.on_text = [&](std::string_view) { source.request_stop(); };
  const double before = server_->metric("tokens_predicted_total");
  const auto begin = steady_clock::now();
  const auto completions = model->complete(request);
  ASSERT_FALSE(completions);
  EXPECT_EQ(completions.error().code, ErrorCode::cancelled);
  while (server_->is_processing() && steady_clock::now() - begin < promptly) {
    std::this_thread::sleep_for(milliseconds{20});
  }
  EXPECT_FALSE(server_->is_processing());
  EXPECT_LT(server_->metric("tokens_predicted_total") - before, 600);
  const long ticks = server_->cpu_ticks();
  std::this_thread::sleep_for(milliseconds{400});
  EXPECT_LE(server_->cpu_ticks() - ticks, 10) << "of 40: it does not go on in silence";
}

TEST_F(LlamaServerItself, ADeadlineEndsItToo) {
  auto request = request_of(prompt, 900);
  request.grammar = "root ::= [a-z] root";
  request.deadline = Deadline::after(milliseconds{100});
  const auto completions = model->complete(request);
  ASSERT_FALSE(completions);
  EXPECT_EQ(completions.error().code, ErrorCode::timeout);
  const auto begin = steady_clock::now();
  while (server_->is_processing() && steady_clock::now() - begin < promptly) {
    std::this_thread::sleep_for(milliseconds{20});
  }
  EXPECT_FALSE(server_->is_processing());
}

TEST_F(LlamaServerItself, SaysHowMuchTooLongAPromptIs) {
  const auto completions = model->complete(request_of(std::string(3'000, 'x')));
  ASSERT_FALSE(completions);
  EXPECT_EQ(completions.error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(completions.error().message, "the prompt has 3002 tokens, the model's context 1024");
}

TEST_F(LlamaServerItself, AConversationsBeginningIsReadOnce) {
  const auto ask = [&](const char* question) {
    auto request = request_of("", 4);
    request.prompt =
        std::vector<ChatMessage>{{ChatMessage::Role::system, "tables: " + std::string(400, 'y')},
                                 {ChatMessage::Role::user, question}};
    return must_complete(*model, request).timings;
  };
  static_cast<void>(ask("how many ships?"));
  const Timings second = ask("which harbour?");
  EXPECT_GE(second.cached_tokens, 400);
  EXPECT_LT(second.prompt_tokens - second.cached_tokens, 60);
}

TEST_F(LlamaServerItself, ServesManyThreads) {
  auto request = request_of(prompt, 8);
  const std::string expected = text_of(*model, request);
  std::vector<std::thread> threads;
  std::atomic<int> answered{0};
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 4; ++n) answered += model->complete(request) ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered, 24);
}

TEST_F(LlamaServerItself, RefusesAWrongKey) {
  Endpoint endpoint;
  endpoint.url = server_->child().url();
  endpoint.api_key = "wrong";
  const auto wrong = open_language_model(endpoint, Deadline::after(promptly), {});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::refused);
}

/// Of guessed tokens that were right the server tells no probability: no sum is better than a part.
TEST(LlamaServerThatGuesses, WritesTheSameTextWithoutItsProbability) {
  RealServer::Options options;
  const auto answered = [&] {
    const RealServer server(options);
    auto request = request_of("ship ship ship ship ship ship ship ship", 60);
    request.grammar = "root ::= (\"ship\" \" \"){10}";
    return must_complete(*server.open(), request).candidates.at(0);
  };
  const Completion plain = answered();
  options.ngram_speculation = true;
  const Completion guessed = answered();
  EXPECT_EQ(guessed.text, plain.text);
  EXPECT_TRUE(plain.log_probability);
  EXPECT_FALSE(guessed.log_probability);
}

TEST(LlamaServerThatDies, InTheMiddleOfAnAnswer) {
  const RealServer server(RealServer::Options{});
  const auto model = server.open();
  auto request = request_of(prompt, 900);
  request.grammar = "root ::= [a-z] root";
  const int pid = server.child().pid();
  request.on_text = [&](std::string_view) { ::kill(pid, SIGKILL); };
  const auto completions = model->complete(request);
  ASSERT_FALSE(completions);
  EXPECT_EQ(completions.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace idi::llm
