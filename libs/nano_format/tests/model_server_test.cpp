// The shipped model in the real llama-server against what its trainer computes: the same token ids,
// the same logits, answers under the grammar that read back.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <map>
#include <stdexcept>

#include "idi/http_client/http_client.hpp"
#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "idi/llm/language_model.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "model_prompts.hpp"
#include "ships.hpp"

namespace idi::nano_format {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

/// Natural logarithms. The server computes with half-precision keys and values.
constexpr double tolerance = 0.05;
/// Less likely tokens may be further off and decide nothing.
constexpr double least_log_probability = -6;

template <typename Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().to_text());
  return std::move(*result);
}

class ModelInServer : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<llama_runtime::testing::ScratchFolder>();
    const auto runtime = must(llama_runtime::find_runtime(llama_runtime::default_prefix()));
    if (!runtime) throw std::runtime_error("no llama-server: run the test llama_server_is_there");
    llama_runtime::ServerOptions options;
    options.model = "models/idi-nano.gguf";
    options.context_tokens = 2048;
    options.slots = 1;
    options.threads = 1;
    options.log = folder_->path() / "server.log";
    server_ = must(llama_runtime::LlamaServer::start(*runtime, options));
    if (const auto ready = server_->wait_ready(Deadline::after(seconds(120)), {}); !ready) {
      throw std::runtime_error(ready.error().to_text());
    }
  }
  static void TearDownTestSuite() {
    server_.reset();
    folder_.reset();
  }

  static json::value ask(const std::string& path, const json::object& body) {
    http_client::Request request;
    request.method = "POST";
    request.url = server_->url() + path;
    request.body = json::serialize(body);
    request.headers = {{"Authorization", "Bearer " + server_->api_key()},
                       {"Content-Type", "application/json"}};
    request.deadline = Deadline::after(seconds(60));
    const auto response = must(http_client::HttpClient::make()->send(request));
    if (response.head.status != 200) throw std::runtime_error(response.body);
    return json::parse(response.body);
  }

  static std::vector<json::value> trainer_answers() {
    std::vector<json::value> answers;
    for (const std::string& line : testing::lines_of("libs/nano_format/tests/model_logits.jsonl")) {
      answers.push_back(json::parse(line));
    }
    return answers;
  }

  inline static std::unique_ptr<llama_runtime::testing::ScratchFolder> folder_;
  inline static std::shared_ptr<llama_runtime::LlamaServer> server_;
};

TEST_F(ModelInServer, ReadsTheTrainersTokens) {
  const auto answers = trainer_answers();
  ASSERT_EQ(answers.size(), testing::model_prompts().size());
  for (const auto& answer : answers) {
    const auto tokens = ask("/tokenize", {{"content", answer.at("text")}, {"add_special", false}});
    EXPECT_EQ(tokens.at("tokens"), answer.at("ids")) << answer.at("text");
  }
}

TEST_F(ModelInServer, ComputesTheTrainersLogits) {
  for (const auto& answer : trainer_answers()) {
    const auto completed = ask("/completion", {{"prompt", answer.at("text")},
                                               {"n_predict", 1},
                                               {"temperature", 0},
                                               {"n_probs", 20},
                                               {"cache_prompt", false}});
    std::map<std::int64_t, double> by_id;
    for (const auto& top :
         completed.at("completion_probabilities").at(0).at("top_logprobs").as_array()) {
      by_id[top.at("id").to_number<std::int64_t>()] = top.at("logprob").to_number<double>();
    }
    int compared = 0;
    for (const auto& expected : answer.at("top").as_array()) {
      const double value = expected.at("logprob").to_number<double>();
      if (value < least_log_probability) continue;
      const auto found = by_id.find(expected.at("id").to_number<std::int64_t>());
      ASSERT_NE(found, by_id.end()) << answer.at("text");
      EXPECT_NEAR(found->second, value, tolerance) << answer.at("text");
      ++compared;
    }
    EXPECT_GT(compared, 0);
  }
}

TEST_F(ModelInServer, AnswersInTheGrammar) {
  llm::Endpoint endpoint;
  endpoint.url = server_->url();
  endpoint.api_key = server_->api_key();
  const auto model = must(llm::open_language_model(endpoint, Deadline::after(seconds(60)), {}));
  const Schema schema = testing::ships();
  const auto question = testing::linked("names of ships over 20000", schema);
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    const auto prompt = write_prompt(question, schema, seed);
    llm::CompletionRequest request;
    request.prompt = prompt.schema_part + prompt.question_part;
    request.grammar = prompt.grammar;
    request.candidates = 3;
    request.seed = seed;
    request.max_tokens = 96;
    request.deadline = Deadline::after(seconds(60));
    const auto completions = must(model->complete(request));
    int read = 0;
    for (const auto& candidate : completions.candidates) {
      if (!candidate.complete) continue;
      read += read_output(candidate.text, prompt.symbols, schema).has_value() ? 1 : 0;
    }
    EXPECT_GT(read, 0);
  }
}

}  // namespace
}  // namespace idi::nano_format
