// One thread per server: it starts the child, reads what it prints, asks for its health and starts
// it again.
//
// States and transitions are the header's. Invariants:
//  1. The child is started by the thread that lives as long as this object: on Linux a child is
//     told to die with the thread that started it, not with the process.
//  2. `ready` is said only while a process of the child's group holds the port: whoever else took
//     it is never talked to, and never shown the key.
//  3. After `failed` and `stopped` there is no child and no further change.
#include "idi/llama_runtime/llama_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include "cores.hpp"
#include "diagnosis.hpp"
#include "idi/core/log.hpp"
#include "idi/http_client/http_client.hpp"
#include "loopback.hpp"
#include "one_life.hpp"
#include "run_program.hpp"
#include "server_arguments.hpp"
#include "server_log.hpp"

namespace idi::llama_runtime {
namespace {

using Clock = Deadline::Clock;
using std::chrono::milliseconds;

constexpr int max_slots = 64;
constexpr int max_context_tokens = 1 << 20;
constexpr int max_port_races = 5;
constexpr milliseconds stable_after{60'000};
constexpr milliseconds longest_pause{30'000};
constexpr milliseconds features_timeout{20'000};
constexpr milliseconds adapters_timeout{5'000};

std::string random_key() {
  std::random_device source;
  std::string key = "idi-";
  for (int word = 0; word < 8; ++word) key += fmt::format("{:08x}", source());
  return key;
}

Status check_file(const std::filesystem::path& path, std::string_view what) {
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) return {};
  return make_error(ErrorCode::not_found, fmt::format("{} {} is not there", what, path.string()),
                    "Name a GGUF file.", error.message());
}

Status check_range(int value, int least, int most, std::string_view what) {
  if (value >= least && value <= most) return {};
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("{}: {} is not between {} and {}", what, value, least, most));
}

Status check(const Runtime& runtime, const ServerOptions& options) {
  if (runtime.server.empty()) {
    return make_error(ErrorCode::not_found, "there is no llama-server",
                      "idi runtime install fetches it.");
  }
  IDI_CHECK(check_file(options.model, "the model"));
  for (const auto& adapter : options.adapters) {
    IDI_CHECK(check_file(adapter, "the adapter"));
    if (adapter.string().find(',') == std::string::npos) continue;
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("the adapter {} has a comma in its name", adapter.string()),
                      "llama-server would take it for two; rename it.");
  }
  IDI_CHECK(check_range(options.slots, 1, max_slots, "slots"));
  IDI_CHECK(check_range(options.context_tokens, 1, max_context_tokens, "tokens of context"));
  return {};
}

class SupervisedServer final : public LlamaServer {
 public:
  SupervisedServer(Runtime runtime, ServerOptions options, ServerLog log)
      : runtime_(std::move(runtime)),
        options_(std::move(options)),
        log_(std::move(log)),
        api_key_(random_key()),
        thread_([this](const std::stop_token& stop) { supervise(stop); }) {}

  ~SupervisedServer() override {
    thread_.request_stop();
    thread_.join();
  }

  Status wait_ready(Deadline deadline, std::stop_token stop) override {
    std::unique_lock lock(mutex_);
    const auto settled = [this] {
      return state_ == ServerState::ready || state_ == ServerState::failed ||
             state_ == ServerState::stopped;
    };
    changed_.wait_until(lock, stop, deadline.time_point(), settled);
    if (state_ == ServerState::ready) return {};
    if (state_ == ServerState::failed) return failure_;
    if (stop.stop_requested()) {
      return make_error(ErrorCode::cancelled, "waiting for the model was stopped");
    }
    return make_error(ErrorCode::timeout,
                      fmt::format("{} is not loaded yet", options_.model.filename().string()),
                      "Ask again in a while; a large model takes its time the first time.");
  }

  ServerState state() const override {
    const std::scoped_lock lock(mutex_);
    return state_;
  }
  std::string url() const override {
    const std::scoped_lock lock(mutex_);
    return fmt::format("http://127.0.0.1:{}", port_);
  }
  std::string api_key() const override { return api_key_; }
  int pid() const override {
    const std::scoped_lock lock(mutex_);
    return pid_;
  }
  int restarts() const override {
    const std::scoped_lock lock(mutex_);
    return restarts_;
  }

 private:
  void supervise(const std::stop_token& stop) {
    if (const auto end = keep_running(stop); !end && !stop.stop_requested()) {
      const std::scoped_lock lock(mutex_);
      failure_ = end.error();
      state_ = ServerState::failed;
      pid_ = 0;
    } else {
      enter(ServerState::stopped, 0);
    }
    changed_.notify_all();
  }

  void enter(ServerState state, int pid) {
    {
      const std::scoped_lock lock(mutex_);
      state_ = state;
      pid_ = pid;
    }
    changed_.notify_all();
  }

  /// Success: the object ends.
  Status keep_running(const std::stop_token& stop) {
    IDI_TRY(const ServerFeatures features, ask_features(stop));
    bool ever_ready = false;
    int short_lives = 0;
    int port_races = 0;
    while (!stop.stop_requested()) {
      IDI_TRY(const Life life, live(features, stop));
      if (life.stopped) break;
      if (!life.ready_for && port_was_taken(log_.tail()) && ++port_races <= max_port_races) {
        continue;
      }
      ever_ready = ever_ready || life.ready_for;
      if (life.ready_for && *life.ready_for >= stable_after) short_lives = 0;
      const Error reason = explain_end(life, log_.tail(), options_.model);
      if (!ever_ready) return reason;
      if (short_lives == options_.max_restarts) {
        return reason.with_context(fmt::format("given up after {} restarts", short_lives));
      }
      log::warn("{}; it is started again", reason.message);
      enter(ServerState::crashed, 0);
      pause(short_lives++, stop);
      const std::scoped_lock lock(mutex_);
      ++restarts_;
    }
    return {};
  }

  Result<ServerFeatures> ask_features(const std::stop_token& stop) const {
    const auto ask = [&](const char* option) {
      Program program{runtime_.server, {}, hidden_variables(), {}};
      program.argv.emplace_back(option);
      return run_program(program, Deadline::after(features_timeout), stop);
    };
    // What cannot be started at all is told as it is; what does not know these options is old, and
    // is tried with none that only some versions know.
    IDI_TRY(const ProgramResult help, ask("--help"));
    IDI_TRY(const ProgramResult devices, ask("--list-devices"));
    if (help.ending.by_signal || help.ending.code == 127) {
      return explain_end(Life{false, help.ending, std::nullopt}, help.output, options_.model);
    }
    return features_of(help.output, devices.output);
  }

  Result<Life> live(const ServerFeatures& features, const std::stop_token& stop) {
    IDI_TRY(const int port, free_port());
    const Program program{
        server_arguments(runtime_, options_, features, port, usable_cores()),
        {{"LLAMA_API_KEY", api_key_}},
        hidden_variables(),
        {},
    };
    log_.begin(text_of(program.argv));
    IDI_TRY(Child child, Child::start(program));
    {
      const std::scoped_lock lock(mutex_);
      port_ = port;
    }
    const int pid = child.pid();
    enter(ServerState::starting, pid);
    const LifeTimes times{milliseconds{options_.load_timeout_ms},
                          milliseconds{options_.health_interval_ms},
                          milliseconds{options_.stop_timeout_ms}};
    return live_one_life(
        std::move(child), port, times, *http_, log_, stop,
        [this, port, &stop] { return unapply_adapters(port, stop); },
        [this, pid] { enter(ServerState::ready, pid); });
  }

  /// llama.cpp 0.7.0 loads them with scale 1 even when told not to apply them, and a request that
  /// names none gets them all.
  bool unapply_adapters(int port, const std::stop_token& stop) const {
    if (options_.adapters.empty()) return true;
    http_client::Request request;
    request.method = "POST";
    request.url = fmt::format("http://127.0.0.1:{}/lora-adapters", port);
    request.headers = {{"Authorization", "Bearer " + api_key_},
                       {"Content-Type", "application/json"}};
    for (std::size_t id = 0; id < options_.adapters.size(); ++id) {
      request.body += fmt::format(R"({}{{"id": {}, "scale": 0}})", id == 0 ? "[" : ", ", id);
    }
    request.body += "]";
    request.deadline = Deadline::after(adapters_timeout);
    request.max_body_bytes = 64 << 10;
    request.stop = stop;
    const auto response = http_->send(request);
    return response && response->head.status == 200;
  }

  void pause(int lives, const std::stop_token& stop) {
    milliseconds length{options_.restart_pause_ms};
    for (int doubled = 0; doubled < lives && length < longest_pause; ++doubled) length *= 2;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, std::min(length, longest_pause), [] { return false; });
  }

  /// Settings meant for other servers of this user, and their credentials.
  static std::vector<std::string> hidden_variables() { return {"LLAMA_", "HF_TOKEN"}; }

  static std::string text_of(const std::vector<std::string>& argv) {
    std::string text;
    for (const auto& word : argv) text += (text.empty() ? "" : " ") + word;
    return text;
  }

  const Runtime runtime_;
  const ServerOptions options_;
  ServerLog log_;  ///< Of the thread.
  const std::string api_key_;
  const std::unique_ptr<http_client::HttpClient> http_ = http_client::HttpClient::make();

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  ServerState state_ = ServerState::starting;
  Error failure_;
  int port_ = 0;
  int pid_ = 0;
  int restarts_ = 0;

  std::jthread thread_;  ///< Last: it uses all of the above.
};

}  // namespace

Result<std::shared_ptr<LlamaServer>> LlamaServer::start(Runtime runtime, ServerOptions options) {
  IDI_CHECK(check(runtime, options));
  IDI_TRY(ServerLog log, ServerLog::open(options.log));
  std::error_code error;
  // The child may be started again after somebody changed our directory.
  options.model = std::filesystem::absolute(options.model, error);
  for (auto& adapter : options.adapters) adapter = std::filesystem::absolute(adapter, error);
  try {
    return std::shared_ptr<LlamaServer>(
        std::make_shared<SupervisedServer>(std::move(runtime), std::move(options), std::move(log)));
  } catch (const std::system_error& failure) {
    return make_error(ErrorCode::limit_exceeded, "no more threads can be started", "",
                      failure.what());
  }
}

}  // namespace idi::llama_runtime
