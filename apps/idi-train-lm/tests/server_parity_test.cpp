// A new model of random numbers, written as GGUF and run by the real llama-server, computes what
// the trainer computes: rotation, norms, gate, tied output, tokenizer and file in one.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "checkpoint.hpp"
#include "export.hpp"
#include "idi/http_client/http_client.hpp"
#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "probe.hpp"

namespace idi::lm {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr double tolerance = 0.05;  // the server keeps keys and values at half precision

template <typename Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().to_text());
  return std::move(*result);
}
void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().to_text());
}

std::string pieces() {
  std::ostringstream lines;
  lines << "2 0 <unk>\n3 0 <s>\n3 0 </s>\n";
  for (int byte = 0; byte < 256; ++byte) {
    lines << "6 0 <0x"
          << "0123456789ABCDEF"[byte / 16] << "0123456789ABCDEF"[byte % 16] << ">\n";
  }
  lines << "1 -1 sh\n1 -2 ip\n1 -3 ship\n1 -4 \xE2\x96\x81ship\n1 -5 \xE2\x96\x81n\n1 -6 am\n"
           "1 -7 \xE2\x96\x81nam\n1 -8 \xE2\x96\x81\n1 -9 s\n1 -10 h\n1 -11 i\n1 -12 p\n1 -13 n\n"
           "1 -14 a\n1 -15 m\n1 -16 e\n";
  return lines.str();
}

json::value ask(const llama_runtime::LlamaServer& server, const std::string& path,
                const json::object& body) {
  http_client::Request request;
  request.method = "POST";
  request.url = server.url() + path;
  request.body = json::serialize(body);
  request.headers = {{"Authorization", "Bearer " + server.api_key()},
                     {"Content-Type", "application/json"}};
  request.deadline = Deadline::after(seconds(60));
  const auto response = must(http_client::HttpClient::make()->send(request));
  if (response.head.status != 200) throw std::runtime_error(response.body);
  return json::parse(response.body);
}

TEST(ServerParity, TheServerComputesWhatTheTrainerDoes) {
  torch::set_num_threads(1);
  const llama_runtime::testing::ScratchFolder folder;
  auto vocabulary = must(Vocabulary::parse(pieces()));
  Training training =
      make_training(vocabulary, {vocabulary->size(), 96, 3, 3, 160}, torch::kCPU, 4);
  must(write_gguf(training, folder.path() / "random.gguf"));
  std::ofstream(folder.path() / "texts")
      << " T3 ship C57 name C7 ship name N ASK name C57 of ships T3 OUT\n"
         " T3 ship C57 name C7 ship name N ASK name C57 of ships T3 OUT C57 WHERE C7 >=\n"
         " C1 C11 C111 ORDER_ASC OR ON ONE NOT_IN N hip mesh pin\n";
  std::stringstream expected;
  must(probe(training, folder.path() / "texts", 5, expected));

  const auto runtime = must(llama_runtime::find_runtime(llama_runtime::default_prefix()));
  ASSERT_TRUE(runtime) << "no llama-server: run the test llama_server_is_there";
  llama_runtime::ServerOptions options;
  options.model = folder.path() / "random.gguf";
  options.context_tokens = 512;
  options.slots = 1;
  options.threads = 1;
  options.log = folder.path() / "server.log";
  const auto server = must(llama_runtime::LlamaServer::start(*runtime, options));
  must(server->wait_ready(Deadline::after(seconds(120)), {}));

  int texts = 0;
  for (std::string line; std::getline(expected, line); ++texts) {
    const json::value answer = json::parse(line);
    EXPECT_EQ(ask(*server, "/tokenize", {{"content", answer.at("text")}, {"add_special", false}})
                  .at("tokens"),
              answer.at("ids"));
    const auto completed =
        ask(*server, "/completion",
            {{"prompt", answer.at("text")}, {"n_predict", 1}, {"temperature", 0}, {"n_probs", 40}});
    std::map<std::int64_t, double> by_id;
    for (const auto& top :
         completed.at("completion_probabilities").at(0).at("top_logprobs").as_array()) {
      by_id[top.at("id").to_number<std::int64_t>()] = top.at("logprob").to_number<double>();
    }
    for (const auto& top : answer.at("top").as_array()) {
      const auto found = by_id.find(top.at("id").to_number<std::int64_t>());
      ASSERT_NE(found, by_id.end()) << line;
      EXPECT_NEAR(found->second, top.at("logprob").to_number<double>(), tolerance) << line;
    }
  }
  EXPECT_EQ(texts, 3);
}

}  // namespace
}  // namespace idi::lm
