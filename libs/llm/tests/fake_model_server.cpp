#include "fake_model_server.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <utility>

namespace idi::llm::testing {

std::string llama_piece(std::string_view json_text, int token_count, int index) {
  return sse(fmt::format(
      R"({{"index":{},"content":"{}","stop":false,"tokens_predicted":{},)"
      R"("completion_probabilities":[{{"token":"x","logprob":-0.5,"top_logprobs":[]}}]}})",
      index, json_text, token_count));
}

std::string llama_end(int token_count, int index, std::string_view stop_type, int slot) {
  return sse(fmt::format(
      R"({{"index":{},"content":"","stop":true,"stop_type":"{}","tokens_predicted":{},)"
      R"("id_slot":{},"timings":{{"cache_n":3,"prompt_n":4,"prompt_ms":1.5,"predicted_n":{},)"
      R"("predicted_ms":2.5}}}})",
      index, stop_type, token_count, slot, token_count));
}

std::string chat_piece(std::string_view json_text, int index) {
  return sse(fmt::format(
      R"({{"object":"chat.completion.chunk","choices":[{{"index":{},"delta":{{"content":"{}"}},)"
      R"("finish_reason":null}}]}})",
      index, json_text));
}

std::string chat_end(int index, std::string_view reason) {
  return sse(fmt::format(R"({{"choices":[{{"index":{},"delta":{{}},"finish_reason":"{}"}}]}})",
                         index, reason));
}

void begin_events(Visit& visit) { visit.begin(200, "text/event-stream"); }

Script llama_server(Script completion, std::string_view adapters) {
  return [completion = std::move(completion), adapters = std::string(adapters)](Visit& visit) {
    if (visit.target == "/props") {
      visit.reply(200, "application/json",
                  R"({"default_generation_settings":{"n_ctx":512},"total_slots":2,)"
                  R"("model_path":"/models/tiny.gguf"})");
    } else if (visit.target == "/lora-adapters") {
      visit.reply(200, "application/json", adapters);
    } else {
      completion(visit);
    }
  };
}

Script openai_server(Script completion) {
  return [completion = std::move(completion)](Visit& visit) {
    if (visit.target == "/v1/models") {
      visit.reply(200, "application/json",
                  R"({"object":"list","data":[{"id":"first","max_model_len":4096},)"
                  R"({"id":"second:latest"}]})");
    } else if (visit.target.starts_with("/v1/")) {
      completion(visit);
    } else {
      visit.reply(404, "application/json", R"({"detail":"Not Found"})");
    }
  };
}

std::shared_ptr<LanguageModel> open(const ScriptedServer& server, std::string_view key,
                                    bool caches_in_slots_only) {
  Endpoint endpoint;
  endpoint.url = server.url();
  endpoint.api_key = key;
  endpoint.caches_in_slots_only = caches_in_slots_only;
  auto model = open_language_model(endpoint, Deadline::after(std::chrono::seconds(10)), {});
  EXPECT_TRUE(model) << model.error().to_text();
  return model ? *model : nullptr;
}

CompletionRequest asking(std::string prompt) {
  CompletionRequest request;
  request.prompt = std::move(prompt);
  request.max_tokens = 20;
  request.deadline = Deadline::after(std::chrono::seconds(10));
  return request;
}

}  // namespace idi::llm::testing
