#include "served_model.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

#include "samples.hpp"

namespace idi::bench {

Result<ServedModel> serve_model(const ServeOptions& options) {
  IDI_TRY(const auto runtime, llama_runtime::find_runtime(llama_runtime::default_prefix()));
  if (!runtime) {
    return make_error(ErrorCode::unavailable, "there is no llama-server here",
                      "idi runtime install fetches one.");
  }
  llama_runtime::ServerOptions server_options;
  server_options.model = options.model;
  server_options.context_tokens = options.context_tokens;
  server_options.slots = options.slots;
  server_options.threads = options.threads;
  server_options.ngram_speculation = options.ngram_speculation;
  server_options.log = options.log;
  server_options.max_restarts = 0;
  const auto deadline = Deadline::after(std::chrono::minutes(10));
  const Stopwatch watch;
  ServedModel served;
  IDI_TRY(served.server, llama_runtime::LlamaServer::start(*runtime, server_options));
  IDI_CHECK(served.server->wait_ready(deadline, {}));
  served.load_ms = watch.elapsed_ms();
  IDI_TRY(served.model, llm::open_language_model(
                            {served.server->url(), served.server->api_key(), {}}, deadline, {}));
  return served;
}

ProcessMemory memory_of_process(int pid) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  ProcessMemory memory;
  constexpr double kib_per_mib = 1024;
  for (std::string line; std::getline(status, line);) {
    const auto value = [&line] {
      return std::strtod(line.c_str() + line.find(':') + 1, nullptr) / kib_per_mib;
    };
    if (line.starts_with("VmRSS:")) memory.resident_mib = value();
    if (line.starts_with("VmHWM:")) memory.peak_mib = value();
    if (line.starts_with("RssAnon:")) memory.own_mib = value();
  }
  return memory;
}

}  // namespace idi::bench
