// A supervised llama-server child on loopback: a free port, an API key, a log file, health checked,
// started again with growing pauses after a crash, gone when we are gone, even by kill -9.
//
// States: starting [start] → ready [healthy] → crashed [the child ended or answers no more] →
// starting [after a pause] …; failed [the first child ended, or was not healthy in time: it would
// again; or max_restarts in a row did not stay up for a minute]; stopped [the object ends].
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/llama_runtime/runtime.hpp"

namespace idi::llama_runtime {

struct ServerOptions {
  std::filesystem::path model;
  std::vector<std::filesystem::path> adapters;  ///< LoRA; requests that name none get none.
  int context_tokens = 8192;                    ///< Of one slot.
  int slots = 2;
  int threads = 0;      ///< 0: chosen from the machine's cores.
  int gpu_layers = -1;  ///< -1: chosen: all with a GPU backend, else 0.
  bool ngram_speculation = false;
  std::filesystem::path log;  ///< Appended; the one before is kept when it grows over 8 MiB.
  int max_restarts = 5;
  std::int64_t load_timeout_ms = 600'000;
  std::int64_t restart_pause_ms = 500;       ///< The first; each further one is twice as long.
  std::int64_t health_interval_ms = 10'000;  ///< Three silent checks in a row: it is killed.
  std::int64_t stop_timeout_ms = 3'000;      ///< Between the polite signal and the kill.
  std::vector<std::string> extra_options;    ///< Passed as they are, last.
};

enum class ServerState { stopped, starting, ready, crashed, failed };

/// Thread-safe.
class LlamaServer {
 public:
  /// Returns at once; the child loads its model in the background. Errors: not_found (the model or
  /// an adapter), invalid_argument, io_failed (the log).
  [[nodiscard]] static Result<std::shared_ptr<LlamaServer>> start(Runtime runtime,
                                                                  ServerOptions options);
  virtual ~LlamaServer() = default;  ///< Ends the child: a polite signal, then a kill.
  /// Waits until it is healthy. Errors: unavailable (failed: the last lines of its log in detail),
  /// timeout, cancelled.
  [[nodiscard]] virtual Status wait_ready(Deadline deadline, std::stop_token stop) = 0;
  [[nodiscard]] virtual ServerState state() const = 0;
  [[nodiscard]] virtual std::string url() const = 0;  ///< Changes with a restart.
  [[nodiscard]] virtual std::string api_key() const = 0;
  [[nodiscard]] virtual int pid() const = 0;  ///< 0: none now.
  /// How often it was started again.
  [[nodiscard]] virtual int restarts() const = 0;
};

}  // namespace idi::llama_runtime
