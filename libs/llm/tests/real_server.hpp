// The real llama-server with the model of random numbers, and what it says of itself.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "idi/llm/language_model.hpp"
#include "json.hpp"

namespace idi::llm::testing {

inline constexpr int context_of_slot = 1024;

class RealServer {
 public:
  struct Options {
    int slots = 3;
    int adapters = 0;
    bool ngram_speculation = false;
    std::vector<std::string> extra;
    std::filesystem::path model;  ///< Empty: the one of random numbers.
  };
  /// Waits until it is ready; throws where it cannot be.
  explicit RealServer(const Options& options);

  [[nodiscard]] std::shared_ptr<LanguageModel> open(bool caches_in_slots_only = false) const;
  /// The body of a response with status 200.
  [[nodiscard]] std::string ask(const std::string& path, const std::string& body = {}) const;
  /// A number of GET /metrics: "prompt_tokens_total".
  [[nodiscard]] double metric(std::string_view name) const;
  [[nodiscard]] bool is_processing() const;
  /// Processor time used so far, in ticks of the system.
  [[nodiscard]] long cpu_ticks() const;
  [[nodiscard]] llama_runtime::LlamaServer& child() const { return *server_; }

 private:
  llama_runtime::testing::ScratchFolder folder_;
  std::shared_ptr<llama_runtime::LlamaServer> server_;
};

[[nodiscard]] CompletionRequest request_of(std::string prompt, int max_tokens = 24);
/// Letters only: tokens of one byte each, and no end before `least`.
[[nodiscard]] std::string letters_grammar(int least, int most);

}  // namespace idi::llm::testing
