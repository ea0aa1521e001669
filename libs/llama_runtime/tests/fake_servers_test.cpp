// Supervision, held against servers that behave badly.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "idi/http_client/http_client.hpp"
#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "loopback.hpp"
#include "process_state.hpp"

namespace idi::llama_runtime {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

class FakeServers : public ::testing::Test {
 protected:
  FakeServers() {
    options_.model = folder_.path() / "model.gguf";
    std::ofstream(options_.model) << "GGUF";
    options_.log = folder_.path() / "server.log";
    options_.restart_pause_ms = 10;
    options_.load_timeout_ms = 20'000;
    ::setenv("FAKE_STATE", (folder_.path() / "starts").c_str(), 1);
  }
  ~FakeServers() override { ::unsetenv("FAKE_STATE"); }

  static Runtime script(const std::string& name) {
    Runtime runtime;
    runtime.server = {"tests/fakes/llama/" + name};
    return runtime;
  }
  static Runtime fake(const std::string& mode) {
    Runtime runtime;
    runtime.server = {FAKE_SERVER, mode};
    return runtime;
  }
  std::shared_ptr<LlamaServer> start(const Runtime& runtime) {
    auto server = LlamaServer::start(runtime, options_);
    EXPECT_TRUE(server) << server.error().to_text();
    return *server;
  }
  static Status wait(LlamaServer& server) {
    return server.wait_ready(Deadline::after(seconds(30)), {});
  }
  static Result<http_client::Response> ask(const LlamaServer& server, const std::string& path) {
    http_client::Request request;
    request.url = server.url() + path;
    request.deadline = Deadline::after(seconds(10));
    return http_client::HttpClient::make()->send(request);
  }
  [[nodiscard]] int starts() const {
    std::ifstream file(folder_.path() / "starts");
    int lines = 0;
    for (std::string line; std::getline(file, line);) ++lines;
    return lines;
  }

  llama_runtime::testing::ScratchFolder folder_;
  ServerOptions options_;
};

TEST_F(FakeServers, ALoadingServerIsWaitedFor) {
  const auto server = start(fake("slow"));
  ASSERT_TRUE(wait(*server));
  EXPECT_EQ(server->state(), ServerState::ready);
  EXPECT_EQ(server->restarts(), 0);
  EXPECT_TRUE(is_alive(server->pid()));
}

TEST_F(FakeServers, ItEndsWithTheObject) {
  auto server = start(fake("healthy"));
  ASSERT_TRUE(wait(*server));
  const pid_t pid = server->pid();
  server.reset();
  EXPECT_FALSE(is_alive(pid));
}

TEST_F(FakeServers, AnEndWhileStartingIsPrompt) {
  auto server = start(script("never_healthy.sh"));
  ASSERT_TRUE(becomes_true([&] { return server->pid() != 0; }));
  const pid_t pid = server->pid();
  const auto before = std::chrono::steady_clock::now();
  server.reset();
  EXPECT_FALSE(is_alive(pid));
  EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(2));
}

TEST_F(FakeServers, NeverHealthyIsKilledAfterItsTime) {
  options_.load_timeout_ms = 300;
  const auto server = start(script("never_healthy.sh"));
  ASSERT_TRUE(becomes_true([&] { return server->pid() != 0; }));
  const pid_t pid = server->pid();
  const auto status = wait(*server);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::unavailable);
  EXPECT_THAT(status.error().message, HasSubstr("did not become ready"));
  EXPECT_THAT(status.error().detail, HasSubstr("loading model"));
  EXPECT_EQ(server->state(), ServerState::failed);
  EXPECT_EQ(server->pid(), 0);
  EXPECT_TRUE(becomes_true([&] { return !is_alive(pid); }));
}

TEST_F(FakeServers, WaitingHasADeadlineOfItsOwn) {
  const auto server = start(script("never_healthy.sh"));
  const auto status = server->wait_ready(Deadline::after(milliseconds(50)), {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::timeout);
  EXPECT_EQ(server->state(), ServerState::starting);
}

TEST_F(FakeServers, WaitingCanBeStopped) {
  const auto server = start(script("never_healthy.sh"));
  std::stop_source stop;
  std::thread later([&stop] {
    std::this_thread::sleep_for(milliseconds(50));
    stop.request_stop();
  });
  const auto status = server->wait_ready(Deadline::never(), stop.get_token());
  later.join();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::cancelled);
}

TEST_F(FakeServers, OneThatDiesAtOnceIsNotTriedAgain) {
  const auto server = start(script("dies_at_once.sh"));
  const auto status = wait(*server);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("does not know the model's architecture"));
  EXPECT_THAT(status.error().detail, HasSubstr("first line\nllama_model_load: error"));
  EXPECT_EQ(server->restarts(), 0);
}

TEST_F(FakeServers, OneThatTheSystemKillsWantsMemory) {
  const auto server = start(script("killed.sh"));
  const auto status = wait(*server);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("memory"));
  EXPECT_THAT(status.error().hint, HasSubstr("smaller"));
}

TEST_F(FakeServers, OneThatIgnoresThePoliteSignalIsKilled) {
  options_.stop_timeout_ms = 100;
  auto server = start(script("ignores_term.sh"));
  const auto log_says = [&] {
    std::ifstream file(options_.log);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return text.find("not listening") != std::string::npos;
  };
  ASSERT_TRUE(becomes_true(log_says));
  const pid_t pid = server->pid();
  server.reset();
  EXPECT_FALSE(is_alive(pid));
}

TEST_F(FakeServers, WhatAScriptStartedEndsToo) {
  options_.load_timeout_ms = 500;
  const auto server = start(script("leaves_children.sh"));
  const auto status = wait(*server);
  ASSERT_FALSE(status);
  ASSERT_THAT(status.error().detail, HasSubstr("child "));
  const pid_t grandchild = std::atoi(status.error().detail.c_str() + std::string("child ").size());
  ASSERT_GT(grandchild, 1);
  EXPECT_TRUE(becomes_true([&] { return !is_alive(grandchild); }));
}

TEST_F(FakeServers, AnEndlessLogNeitherFillsTheDiskNorKeepsItFromEnding) {
  options_.load_timeout_ms = 3'000;
  const auto server = start(script("endless_log.sh"));
  const auto status = wait(*server);
  ASSERT_FALSE(status);
  EXPECT_LT(status.error().detail.size(), 40'000U);
  std::uintmax_t kept = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
    if (file.path().filename().string().starts_with("server.log")) kept += file.file_size();
  }
  EXPECT_LE(kept, std::uintmax_t{2} * (8 << 20));
}

TEST_F(FakeServers, ACrashUnderLoadIsFollowedByANewStart) {
  const auto server = start(fake("dies-on-request"));
  ASSERT_TRUE(wait(*server));
  const pid_t first = server->pid();
  EXPECT_FALSE(ask(*server, "/completion"));
  ASSERT_TRUE(becomes_true([&] { return server->pid() != first && server->pid() != 0; }));
  ASSERT_TRUE(wait(*server));
  EXPECT_EQ(server->restarts(), 1);
  EXPECT_TRUE(ask(*server, "/health"));
}

TEST_F(FakeServers, OneThatNeverStaysUpIsGivenUp) {
  options_.max_restarts = 3;
  const auto server = start(fake("dies-young"));
  ASSERT_TRUE(becomes_true([&] { return server->state() == ServerState::failed; }, seconds(30)));
  EXPECT_EQ(server->restarts(), 3);
  EXPECT_EQ(starts(), 4);
  const auto status = wait(*server);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("given up after 3 restarts"));
}

TEST_F(FakeServers, OneThatFallsSilentIsStartedAgain) {
  options_.health_interval_ms = 50;
  const auto server = start(fake("falls-silent"));
  ASSERT_TRUE(wait(*server));
  const pid_t first = server->pid();
  EXPECT_TRUE(becomes_true([&] { return server->restarts() > 0; }, seconds(40)));
  EXPECT_FALSE(is_alive(first));
}

TEST_F(FakeServers, APortTakenIsFollowedByAnother) {
  const auto server = start(fake("port-taken"));
  ASSERT_TRUE(wait(*server)) << wait(*server).error().to_text();
  EXPECT_EQ(server->restarts(), 0);
  EXPECT_EQ(starts(), 3);
}

TEST_F(FakeServers, AStrangerOnThePortIsNotBelieved) {
  options_.load_timeout_ms = 1'000;
  const auto server = start(fake("stranger"));
  // It is there, and healthy.
  ASSERT_TRUE(becomes_true([&] { return ask(*server, "/health").has_value(); }));
  const auto status = wait(*server);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("did not become ready"));
}

TEST_F(FakeServers, WhoHoldsAPortIsKnown) {
  const auto server = start(fake("healthy"));
  ASSERT_TRUE(wait(*server));
  const std::string url = server->url();
  const int port = std::atoi(url.c_str() + url.rfind(':') + 1);
  EXPECT_TRUE(listens_on(server->pid(), port));
  EXPECT_FALSE(listens_on(::getpid(), port));
  EXPECT_FALSE(listens_on(server->pid(), port + 1));
}

TEST_F(FakeServers, TheThreadThatAskedForItMayEnd) {
  std::shared_ptr<LlamaServer> server;
  std::thread([&] { server = start(fake("healthy")); }).join();
  ASSERT_TRUE(wait(*server));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(server->state(), ServerState::ready);
  EXPECT_TRUE(is_alive(server->pid()));
}

TEST_F(FakeServers, TheKeyIsInNoCommandLineAndInNoLog) {
  const auto server = start(fake("healthy"));
  ASSERT_TRUE(wait(*server));
  ASSERT_GE(server->api_key().size(), 32U);
  std::ifstream file("/proc/" + std::to_string(server->pid()) + "/cmdline");
  const std::string words{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(words, HasSubstr("--port"));
  EXPECT_THAT(words, Not(HasSubstr(server->api_key())));
  std::ifstream log(options_.log);
  const std::string text{std::istreambuf_iterator<char>(log), {}};
  EXPECT_THAT(text, HasSubstr("--port"));
  EXPECT_THAT(text, Not(HasSubstr(server->api_key())));
  EXPECT_NE(server->api_key(), start(fake("healthy"))->api_key());
}

TEST_F(FakeServers, AServerThatIsNotThereIsSaid) {
  Runtime runtime;
  runtime.server = {"/nowhere/llama-server"};
  const auto status = wait(*start(runtime));
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("/nowhere/llama-server cannot be started"));
}

TEST_F(FakeServers, WhatCannotBeIsRefusedAtOnce) {
  const auto code = [&](auto change) {
    ServerOptions options = options_;
    change(options);
    const auto server = LlamaServer::start(fake("healthy"), options);
    return server ? ErrorCode::internal : server.error().code;
  };
  EXPECT_EQ(code([](auto& o) { o.model = "/nowhere.gguf"; }), ErrorCode::not_found);
  EXPECT_EQ(code([](auto& o) { o.adapters = {"/nowhere.gguf"}; }), ErrorCode::not_found);
  const std::filesystem::path comma = folder_.path() / "a,b.gguf";
  std::ofstream(comma) << "GGUF";
  EXPECT_EQ(code([&](auto& o) { o.adapters = {comma}; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code([](auto& o) { o.slots = 0; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code([](auto& o) { o.context_tokens = 1 << 30; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code([](auto& o) { o.log = "/dev/null/log"; }), ErrorCode::io_failed);
  EXPECT_EQ(LlamaServer::start(Runtime(), options_).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace idi::llama_runtime
