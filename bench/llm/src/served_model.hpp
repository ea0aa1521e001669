// A model in the real llama-server, as IDI starts it, and what its process takes.
#pragma once

#include <filesystem>
#include <memory>

#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llm/language_model.hpp"

namespace idi::bench {

struct ServedModel {
  std::shared_ptr<llama_runtime::LlamaServer> server;
  std::shared_ptr<llm::LanguageModel> model;
  double load_ms = 0;  ///< From the start to the first healthy answer.
};

struct ServeOptions {
  std::filesystem::path model;
  int context_tokens = 8192;
  int slots = 2;
  int threads = 0;  ///< 0: as many as IDI chooses.
  bool ngram_speculation = false;
  std::filesystem::path log;
};

/// With the llama-server that IDI finds. Errors: unavailable (none, or it does not start).
[[nodiscard]] Result<ServedModel> serve_model(const ServeOptions& options);

/// What the process has resident, mapped files included, the most it had, and what of it is no file
/// (and so can never be taken back); MiB, 0 if unknown.
struct ProcessMemory {
  double resident_mib = 0, peak_mib = 0, own_mib = 0;
};
[[nodiscard]] ProcessMemory memory_of_process(int pid);

}  // namespace idi::bench
