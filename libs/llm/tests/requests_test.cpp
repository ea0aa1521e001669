// What is asked of the servers, and what their answers become.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <mutex>

#include "fake_model_server.hpp"
#include "json.hpp"
#include "openai_model.hpp"

namespace idi::llm {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* two_adapters =
    R"([{"id":0,"path":"/m/writing.gguf","scale":1.0},{"id":1,"path":"/m/checking.gguf","scale":1.0}])";

/// Keeps the bodies that came.
class Bodies {
 public:
  json::object take(const Visit& visit) {
    const std::lock_guard lock(mutex_);
    bodies.push_back(json::parse(visit.body).as_object());
    return bodies.back();
  }
  std::vector<json::object> bodies;

 private:
  std::mutex mutex_;
};

std::vector<std::string> texts_of(const Completions& completions) {
  std::vector<std::string> texts;
  for (const auto& candidate : completions.candidates) texts.push_back(candidate.text);
  return texts;
}

TEST(LlamaServer, TellsWhatItCan) {
  ScriptedServer server(llama_server([](Visit&) {}, two_adapters));
  const auto model = open(server);
  const auto& capabilities = model->capabilities();
  EXPECT_EQ(capabilities.model, "tiny");
  EXPECT_TRUE(capabilities.grammar && capabilities.adapters && capabilities.log_probabilities &&
              capabilities.slots);
  EXPECT_EQ(capabilities.context_tokens, 512);
  EXPECT_EQ(capabilities.slot_count, 2);
  EXPECT_THAT(capabilities.adapter_names, ElementsAre("writing", "checking"));
}

TEST(LlamaServer, AnAddressMayEndInV1) {
  ScriptedServer server(llama_server([](Visit&) {}));
  for (const char* end : {"/", "/v1", "/v1/", "//"}) {
    Endpoint endpoint;
    endpoint.url = server.url(end);
    EXPECT_TRUE(open_language_model(endpoint, Deadline::never(), {})) << end;
  }
}

TEST(LlamaServer, OneCandidate) {
  Bodies bodies;
  ScriptedServer server(llama_server([&](Visit& visit) {
    EXPECT_EQ(visit.target, "/completion");
    EXPECT_EQ(visit.header("authorization"), "Bearer k");
    bodies.take(visit);
    begin_events(visit);
    visit.send(sse(R"({"index":0,"content":"","stop":false,"prompt_progress":{"total":9}})"));
    visit.send(llama_piece("sel", 1) + llama_piece("ect", 2) + llama_end(2, 0, "limit"));
  }));
  auto request = asking("text");
  request.grammar = "root ::= \"x\"";
  request.stop_texts = {";"};
  request.seed = 0xFFFFFFFF;
  std::vector<std::string> heard;
  request.on_text = [&](std::string_view text) { heard.emplace_back(text); };
  const auto completions = open(server, "k")->complete(request);
  ASSERT_TRUE(completions) << completions.error().to_text();
  ASSERT_EQ(completions->candidates.size(), 1U);
  const Completion& only = completions->candidates[0];
  EXPECT_EQ(only.text, "select");
  EXPECT_EQ(only.tokens, 2);
  EXPECT_FALSE(only.complete);
  EXPECT_EQ(only.log_probability, -1.0);
  EXPECT_THAT(heard, ElementsAre("sel", "ect"));
  EXPECT_EQ(completions->timings.prompt_tokens, 7);
  EXPECT_EQ(completions->timings.cached_tokens, 3);
  EXPECT_EQ(completions->timings.generated_tokens, 2);
  EXPECT_EQ(completions->timings.generation_ms, 2.5);
  EXPECT_GT(completions->timings.first_text_ms, 0);
  const json::object& body = bodies.bodies.at(0);
  EXPECT_EQ(body.at("prompt"), "text");
  EXPECT_EQ(body.at("grammar"), "root ::= \"x\"");
  EXPECT_EQ(json::serialize(body.at("stop")), "[\";\"]");
  EXPECT_EQ(body.at("n_predict"), 20);
  EXPECT_EQ(body.at("n_probs"), 1);
  EXPECT_EQ(body.at("seed"), 0x7FFFFFFF) << "all bits set would be a random seed";
  EXPECT_EQ(body.at("cache_prompt"), true);
  EXPECT_FALSE(body.contains("lora") || body.contains("id_slot"));
}

TEST(LlamaServer, AGreedyCandidateAndTwoMoreFromItsPrompt) {
  Bodies bodies;
  ScriptedServer server(llama_server([&](Visit& visit) {
    const auto body = bodies.take(visit);
    begin_events(visit);
    if (body.contains("n_cmpl")) {
      visit.send(llama_piece("c", 1, 1) + llama_piece("b", 1, 0) + llama_end(1, 1, "eos", 1) +
                 llama_end(1, 0));
    } else {
      visit.send(llama_piece("a", 1) + llama_end(1));
    }
  }));
  auto request = asking();
  request.candidates = 3;
  request.seed = 5;
  std::string heard;
  request.on_text = [&](std::string_view text) { heard += text; };
  const auto completions = open(server)->complete(request);
  ASSERT_TRUE(completions) << completions.error().to_text();
  EXPECT_THAT(texts_of(*completions), ElementsAre("a", "b", "c"));
  EXPECT_EQ(heard, "a");
  EXPECT_EQ(completions->timings.generated_tokens, 3);
  ASSERT_EQ(bodies.bodies.size(), 2U);
  EXPECT_EQ(bodies.bodies[0].at("temperature"), 0.0);
  EXPECT_EQ(bodies.bodies[0].at("seed"), 5);
  EXPECT_EQ(bodies.bodies[1].at("temperature"), 0.7);
  EXPECT_EQ(bodies.bodies[1].at("seed"), 6);
  EXPECT_EQ(bodies.bodies[1].at("n_cmpl"), 2);
}

TEST(LlamaServer, ACandidateThatBreaksOffIsNoAnswer) {
  ScriptedServer server(llama_server([](Visit& visit) {
    begin_events(visit);
    visit.send(llama_piece("b", 1, 0) + llama_piece("c", 1, 1) + llama_end(1, 0));
  }));
  auto request = asking();
  request.temperature = 1;
  request.candidates = 2;
  const auto completions = open(server)->complete(request);
  ASSERT_FALSE(completions);
  EXPECT_EQ(completions.error().code, ErrorCode::unavailable);
}

TEST(LlamaServer, AConversationIsPutIntoTheModelsTemplate) {
  Bodies bodies;
  ScriptedServer server(llama_server([&](Visit& visit) {
    const auto body = bodies.take(visit);
    if (visit.target == "/apply-template") {
      visit.reply(200, "application/json", R"({"prompt":"<s>be brief<u>hello<a>"})");
      return;
    }
    begin_events(visit);
    visit.send(llama_piece("hi", 1) + llama_end(1));
  }));
  auto request = asking();
  request.prompt = std::vector<ChatMessage>{{ChatMessage::Role::system, "be brief"},
                                            {ChatMessage::Role::user, "hello\xFF"}};
  ASSERT_TRUE(open(server)->complete(request));
  EXPECT_EQ(json::serialize(bodies.bodies.at(0).at("messages")),
            "[{\"role\":\"system\",\"content\":\"be brief\"},"
            "{\"role\":\"user\",\"content\":\"hello\uFFFD\"}]");
  EXPECT_EQ(bodies.bodies.at(1).at("prompt"), "<s>be brief<u>hello<a>");
}

TEST(LlamaServer, NamesEveryAdapterAndKeepsTheirCachesApart) {
  Bodies bodies;
  ScriptedServer server(llama_server(
      [&](Visit& visit) {
        const auto body = bodies.take(visit);
        begin_events(visit);
        visit.send(llama_piece("x", 1) +
                   llama_end(1, 0, "eos", static_cast<int>(body.at("id_slot").as_int64())));
      },
      two_adapters));
  for (const bool apart : {true, false}) {
    bodies.bodies.clear();
    const auto model = open(server, "", apart);
    auto request = asking();
    ASSERT_TRUE(model->complete(request));
    request.adapters = {{1, 0.5}};
    ASSERT_TRUE(model->complete(request));
    ASSERT_TRUE(model->complete(request));
    const auto& asked = bodies.bodies;
    EXPECT_EQ(json::serialize(asked[0].at("lora")),
              R"([{"id":0,"scale":0E0},{"id":1,"scale":0E0}])");
    EXPECT_EQ(json::serialize(asked[1].at("lora")),
              R"([{"id":0,"scale":0E0},{"id":1,"scale":5E-1}])");
    EXPECT_NE(asked[0].at("id_slot"), asked[1].at("id_slot"));
    EXPECT_EQ(asked[1].at("id_slot"), asked[2].at("id_slot"));
    EXPECT_EQ(asked[0].at("cache_prompt"), false);
    EXPECT_EQ(asked[1].at("cache_prompt"), false);
    EXPECT_EQ(asked[2].at("cache_prompt"), apart);
    request.adapters = {{2, 1.0}};
    const auto unknown = model->complete(request);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::invalid_argument);
  }
}

TEST(LlamaServer, AHoleInTheListOfProbabilitiesLeavesNoSum) {
  ScriptedServer server(llama_server([](Visit& visit) {
    begin_events(visit);
    visit.send(llama_piece("卢", 3) + llama_end(3));
  }));
  const auto completions = open(server)->complete(asking());
  ASSERT_TRUE(completions);
  EXPECT_EQ(completions->candidates[0].log_probability, std::nullopt);
  EXPECT_EQ(completions->candidates[0].tokens, 3);
}

TEST(LlamaServer, CountsTokens) {
  ScriptedServer server(llama_server([](Visit& visit) {
    if (visit.body.find("odd") != std::string::npos) {
      visit.reply(200, "application/json", "{}");
    } else {
      visit.reply(200, "application/json", R"({"tokens":[1,2,3]})");
    }
  }));
  const auto model = open(server);
  EXPECT_EQ(*model->count_tokens("x", Deadline::never(), {}), 3);
  EXPECT_EQ(model->count_tokens("odd", Deadline::never(), {}).error().code, ErrorCode::internal);
}

TEST(OpenAi, TakesTheModelThatIsAskedFor) {
  ScriptedServer server(openai_server([](Visit&) {}));
  Endpoint endpoint;
  endpoint.url = server.url("/v1");
  const auto open_named = [&](const char* name) {
    endpoint.model = name;
    return open_language_model(endpoint, Deadline::never(), {});
  };
  EXPECT_EQ((*open_named(""))->capabilities().model, "first");
  EXPECT_EQ((*open_named(""))->capabilities().context_tokens, 4096);
  EXPECT_EQ((*open_named("second"))->capabilities().model, "second:latest");
  const auto third = open_named("third");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, ErrorCode::not_found);
  EXPECT_EQ(third.error().hint, "it has: first, second:latest");
}

TEST(OpenAi, StreamsAConversation) {
  Bodies bodies;
  ScriptedServer server(openai_server([&](Visit& visit) {
    EXPECT_EQ(visit.target, "/v1/chat/completions");
    bodies.take(visit);
    begin_events(visit);
    visit.send(sse(R"({"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]})"));
    visit.send(sse(R"({"choices":[{"index":0,"delta":{"content":"hi"},"logprobs":{"content":[)"
                   R"({"token":"h","logprob":-0.25},{"token":"i","logprob":-0.5}]}}]})"));
    visit.send(chat_end(0, "length"));
    visit.send(sse(R"({"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,)"
                   R"("prompt_tokens_details":{"cached_tokens":4}}})"));
    visit.send(sse("[DONE]"));
  }));
  auto request = asking();
  request.prompt = std::vector<ChatMessage>{{ChatMessage::Role::user, "hello"}};
  const auto completions = open(server)->complete(request);
  ASSERT_TRUE(completions) << completions.error().to_text();
  const Completion& only = completions->candidates.at(0);
  EXPECT_EQ(only.text, "hi");
  EXPECT_EQ(only.tokens, 2);
  EXPECT_EQ(only.log_probability, -0.75);
  EXPECT_FALSE(only.complete);
  EXPECT_EQ(completions->timings.prompt_tokens, 9);
  EXPECT_EQ(completions->timings.cached_tokens, 4);
  EXPECT_EQ(bodies.bodies.at(0).at("model"), "first");
  EXPECT_EQ(bodies.bodies.at(0).at("max_tokens"), 20);
}

TEST(OpenAi, StreamsAText) {
  ScriptedServer server(openai_server([](Visit& visit) {
    EXPECT_EQ(visit.target, "/v1/completions");
    begin_events(visit);
    visit.send(sse(R"({"choices":[{"index":0,"text":"a","logprobs":{"token_logprobs":[-1.5]}}]})"));
    visit.send(sse(R"({"choices":[{"index":0,"text":"b","finish_reason":"stop"}]})"));
  }));
  const auto completions = open(server)->complete(asking());
  ASSERT_TRUE(completions) << completions.error().to_text();
  EXPECT_EQ(completions->candidates[0].text, "ab");
  EXPECT_TRUE(completions->candidates[0].complete);
  EXPECT_EQ(completions->candidates[0].log_probability, -1.5);
}

TEST(OpenAi, AsksAgainWhereOnlyOneCandidateComes) {
  Bodies bodies;
  ScriptedServer server(openai_server([&](Visit& visit) {
    const auto body = bodies.take(visit);
    begin_events(visit);
    visit.send(chat_piece(json::serialize(body.at("seed"))) + chat_end() + sse("[DONE]"));
  }));
  auto request = asking();
  request.prompt = std::vector<ChatMessage>{{ChatMessage::Role::user, "hello"}};
  request.candidates = 4;
  request.seed = 10;
  const auto completions = open(server)->complete(request);
  ASSERT_TRUE(completions) << completions.error().to_text();
  EXPECT_THAT(texts_of(*completions), ElementsAre("10", "11", "12", "13"));
  EXPECT_EQ(bodies.bodies.at(1).at("n"), 3);
}

TEST(OpenAi, ErrorsOfManyServers) {
  const auto error = [](int status, std::string body) {
    ScriptedServer server(
        openai_server([=](Visit& visit) { visit.reply(status, "application/json", body); }));
    const auto completions = open(server)->complete(asking());
    EXPECT_FALSE(completions);
    return completions ? Error{} : completions.error();
  };
  const auto vllm = error(
      400, R"({"object":"error","message":"This model's maximum context length is 100 tokens. )"
           R"(However, you requested 120 tokens","type":"BadRequestError","code":400})");
  EXPECT_EQ(vllm.code, ErrorCode::limit_exceeded);
  EXPECT_THAT(vllm.detail, HasSubstr("120 tokens"));
  const auto ollama =
      error(404, R"({"error":{"message":"model \"x\" not found","type":"api_error"}})");
  EXPECT_EQ(ollama.code, ErrorCode::not_found);
  EXPECT_EQ(ollama.detail, "model \"x\" not found");
  EXPECT_EQ(error(400, R"({"error":"invalid"})").detail, "invalid");
  EXPECT_EQ(error(422, R"({"detail":"field required"})").detail, "field required");
  EXPECT_EQ(error(200, R"({"error":{"message":"gone wrong","code":500}})").detail, "gone wrong");
}

TEST(OpenAi, SaysWhatItCannot) {
  ScriptedServer server(openai_server([](Visit&) {}));
  const auto model = open(server);
  EXPECT_FALSE(model->capabilities().grammar);
  auto request = asking();
  request.grammar = "root ::= \"x\"";
  EXPECT_EQ(model->complete(request).error().code, ErrorCode::not_supported);
}

TEST(OpenAi, EstimatesTokensFromAbove) {
  EXPECT_GE(estimate_tokens("select count(*) from ship where tonnage > 1234"), 20);
  EXPECT_LE(estimate_tokens("select count(*) from ship where tonnage > 1234"), 47);
  EXPECT_GE(estimate_tokens("卢卢卢"), 9);
  EXPECT_GE(estimate_tokens(""), 1);
}

}  // namespace
}  // namespace idi::llm
