// A database and what IDI would ask a chat model about it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "idi/link/linker.hpp"
#include "idi/llm/language_model.hpp"
#include "idi/model_generator/prompt_format.hpp"

namespace idi::bench {

class AskedDatabase {
 public:
  /// `weights`: the built-in parser, which ranks the tables of a large schema. `cache`: for the
  /// value index.
  [[nodiscard]] static Result<AskedDatabase> open(const std::filesystem::path& file,
                                                  const std::filesystem::path& weights,
                                                  const std::filesystem::path& cache);

  [[nodiscard]] int tables() const;
  [[nodiscard]] int columns() const;
  /// As the program would send it, for one greedy answer; times of linking and writing are added
  /// to `written_ms`.
  [[nodiscard]] Result<llm::CompletionRequest> request(const std::string& question,
                                                       const llm::Capabilities& model,
                                                       double& written_ms) const;

 private:
  AskedDatabase() = default;
  std::shared_ptr<const link::Linker> linker_;
  std::shared_ptr<const model_generator::PromptFormat> format_;
};

}  // namespace idi::bench
