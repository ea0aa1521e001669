// The real llama-server, with a model of a few random numbers.
#include "idi/llama_runtime/llama_server.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "child.hpp"
#include "idi/http_client/http_client.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "idi/llama_runtime/testing/tiny_model.hpp"
#include "process_state.hpp"

namespace idi::llama_runtime {
namespace {

using std::chrono::seconds;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

class RealServer : public ::testing::Test {
 protected:
  void SetUp() override {
    auto found = find_runtime(default_prefix());
    ASSERT_TRUE(found) << found.error().to_text();
    ASSERT_TRUE(*found) << "no llama-server: run the test llama_server_is_there first";
    runtime_ = **found;
    options_.model = folder_.path() / "tiny.gguf";
    options_.context_tokens = 256;
    options_.log = folder_.path() / "server.log";
    options_.restart_pause_ms = 10;
    const auto written = testing::write_tiny_model(options_.model);
    ASSERT_TRUE(written) << written.error().to_text();
  }

  std::shared_ptr<LlamaServer> start() {
    auto server = LlamaServer::start(runtime_, options_);
    EXPECT_TRUE(server) << server.error().to_text();
    return *server;
  }
  static Status wait(LlamaServer& server) {
    return server.wait_ready(Deadline::after(seconds(120)), {});
  }
  static Result<http_client::Response> send(const LlamaServer& server, const std::string& path,
                                            const std::string& key, const std::string& body = {}) {
    http_client::Request request;
    request.url = server.url() + path;
    request.method = body.empty() ? "GET" : "POST";
    request.headers = {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
    request.body = body;
    request.deadline = Deadline::after(seconds(60));
    return http_client::HttpClient::make()->send(request);
  }
  [[nodiscard]] std::string log_text() const {
    std::ifstream file(options_.log);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  Error failure() {
    const auto status = wait(*start());
    EXPECT_FALSE(status);
    return status ? Error{} : status.error();
  }

  testing::ScratchFolder folder_;
  Runtime runtime_;
  ServerOptions options_;
};

TEST_F(RealServer, AnswersWithItsKeyAlone) {
  const auto server = start();
  ASSERT_TRUE(wait(*server)) << log_text();
  const std::string body = R"({"prompt": "select a from", "n_predict": 4, "seed": 1})";
  const auto answer = send(*server, "/completion", server->api_key(), body);
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->head.status, 200) << answer->body;
  EXPECT_THAT(answer->body, HasSubstr("\"tokens_predicted\":4"));
  const auto refused = send(*server, "/completion", "wrong", body);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->head.status, 401);
}

TEST_F(RealServer, HasTheSlotsAndTheContextThatWereAskedFor) {
  options_.slots = 3;
  const auto server = start();
  ASSERT_TRUE(wait(*server)) << log_text();
  const auto slots = send(*server, "/slots", server->api_key());
  ASSERT_TRUE(slots);
  EXPECT_EQ(slots->head.status, 200);
  std::size_t count = 0;
  for (std::size_t at = 0; (at = slots->body.find("\"n_ctx\":256", at)) != std::string::npos;
       ++at) {
    ++count;
  }
  EXPECT_EQ(count, 3U) << slots->body;
}

TEST_F(RealServer, AdaptersAreLoadedAndNotApplied) {
  options_.adapters = {folder_.path() / "first.gguf", folder_.path() / "second.gguf"};
  ASSERT_TRUE(testing::write_tiny_adapter(options_.adapters[0], 1));
  ASSERT_TRUE(testing::write_tiny_adapter(options_.adapters[1], 2));
  const auto server = start();
  ASSERT_TRUE(wait(*server)) << log_text();
  const auto listed = send(*server, "/lora-adapters", server->api_key());
  ASSERT_TRUE(listed);
  EXPECT_THAT(listed->body, ContainsRegex("\"id\":0[^}]*first.gguf"));
  EXPECT_THAT(listed->body, ContainsRegex("\"id\":1[^}]*second.gguf"));
  const auto answer = [&](const std::string& lora) {
    const auto answered =
        send(*server, "/completion", server->api_key(),
             R"({"prompt": "select", "n_predict": 8, "temperature": 0, "cache_prompt": false)" +
                 lora + "}");
    EXPECT_TRUE(answered);
    const std::size_t begin = answered->body.find("\"content\"");
    return answered->body.substr(begin, answered->body.find("\"tokens\"") - begin);
  };
  const std::string plain = answer(R"(, "lora": [{"id": 0, "scale": 0}, {"id": 1, "scale": 0}])");
  EXPECT_EQ(answer(""), plain);
  EXPECT_NE(answer(R"(, "lora": [{"id": 0, "scale": 1}, {"id": 1, "scale": 0}])"), plain);
}

TEST_F(RealServer, ShowsNoPage) {
  const auto server = start();
  ASSERT_TRUE(wait(*server)) << log_text();
  const auto page = send(*server, "/", server->api_key());
  ASSERT_TRUE(page);
  EXPECT_EQ(page->head.status, 404);
}

TEST_F(RealServer, SpeculationIsUnderstood) {
  options_.ngram_speculation = true;
  const auto server = start();
  ASSERT_TRUE(wait(*server)) << log_text();
}

TEST_F(RealServer, RunsOnTheFastKernelsOfThisProcessor) {
  if (runtime_.origin != Runtime::Origin::installed) {
    GTEST_SKIP() << "another llama-server than Debian's: it may have its kernels built in";
  }
  const auto server = start();
  ASSERT_TRUE(wait(*server)) << log_text();
  std::ifstream maps("/proc/" + std::to_string(server->pid()) + "/maps");
  std::set<std::string> kernels;
  for (std::string line; std::getline(maps, line);) {
    const std::size_t at = line.find("libggml-cpu-");
    if (at != std::string::npos) kernels.insert(line.substr(at));
  }
  ASSERT_EQ(kernels.size(), 1U) << "of the kernels for many processors one is chosen";
  std::ifstream file("/proc/cpuinfo");
  const std::string processor{std::istreambuf_iterator<char>(file), {}};
  if (processor.find(" avx2 ") != std::string::npos) {
    EXPECT_NE(*kernels.begin(), "libggml-cpu-x64.so");
    EXPECT_NE(*kernels.begin(), "libggml-cpu-sse42.so");
  }
}

TEST_F(RealServer, IsStartedAgainWhenItIsKilled) {
  const auto server = start();
  ASSERT_TRUE(wait(*server)) << log_text();
  const pid_t first = server->pid();
  ::kill(first, SIGKILL);
  ASSERT_TRUE(becomes_true([&] { return server->restarts() == 1; }, seconds(30)));
  ASSERT_TRUE(wait(*server));
  EXPECT_NE(server->pid(), first);
  const auto health = send(*server, "/slots", server->api_key());
  ASSERT_TRUE(health) << health.error().to_text();
  EXPECT_EQ(health->head.status, 200);
}

TEST_F(RealServer, IsGoneWhenWeAreKilled) {
  Program keeper{{KEEP_SERVER, options_.model.string()}, {}, {}, {}};
  keeper.argv.insert(keeper.argv.end(), runtime_.server.begin(), runtime_.server.end());
  auto child = Child::start(keeper);
  ASSERT_TRUE(child) << child.error().to_text();
  std::string said;
  ASSERT_TRUE(becomes_true(
      [&] {
        said += child->read();
        return said.find('\n') != std::string::npos;
      },
      seconds(120)));
  const pid_t server = std::atoi(said.c_str());
  ASSERT_GT(server, 1);
  ASSERT_TRUE(is_alive(server));
  ::kill(child->pid(), SIGKILL);  // it alone: its server is in a group of its own
  EXPECT_TRUE(becomes_true([&] { return !is_alive(server); }));
}

TEST_F(RealServer, WhatIsNoModelIsSaid) {
  std::ofstream(options_.model) << std::string(100'000, 'x');
  EXPECT_THAT(failure().message, HasSubstr("is not a GGUF file"));
  std::ofstream(options_.model, std::ios::trunc) << "";
  EXPECT_THAT(failure().message, HasSubstr("is not a GGUF file"));
}

TEST_F(RealServer, AModelCutShortIsSaid) {
  const auto whole = std::filesystem::file_size(options_.model);
  std::filesystem::resize_file(options_.model, whole - whole / 3);
  EXPECT_THAT(failure().message, HasSubstr("cut short"));
  std::filesystem::resize_file(options_.model, 100);
  EXPECT_THAT(failure().message, HasSubstr("cut short"));
}

TEST_F(RealServer, AnAdapterThatIsNoneIsSaid) {
  options_.adapters = {folder_.path() / "adapter.gguf"};
  std::ofstream(options_.adapters[0]) << "GGUF";
  EXPECT_THAT(failure().message, HasSubstr("adapter"));
}

TEST_F(RealServer, AnOptionThatItDoesNotKnowIsSaid) {
  options_.extra_options = {"--frobnicate"};
  EXPECT_THAT(failure().message, HasSubstr("does not know an option"));
}

TEST_F(RealServer, MoreMemoryThanThereIsIsSaid) {
  options_.context_tokens = 1 << 20;  // 512 MiB for this model
  runtime_.server.insert(runtime_.server.begin(), "tests/fakes/llama/little_memory.sh");
  EXPECT_THAT(failure().message, HasSubstr("not enough memory"));
}

TEST_F(RealServer, QuantizeIsThere) {
  if (runtime_.quantize.empty()) GTEST_SKIP() << "no llama-quantize beside this llama-server";
  EXPECT_TRUE(ask_version(runtime_, {}));
}

}  // namespace
}  // namespace idi::llama_runtime
