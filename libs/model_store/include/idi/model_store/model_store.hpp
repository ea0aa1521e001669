// The language models of this machine: where they lie, what is known of them, how they get there.
// A model is a GGUF file with a small JSON profile beside it (docs/models.md); the store is a
// folder
// ($XDG_DATA_HOME/idi/models) and one line of configuration, which model is used. Every change is
// written beside and renamed. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::model_store {

enum class PromptFormat { chat, nano };

struct AdapterFile {
  std::string role;  ///< sql_generator, query_understanding, verification.
  std::filesystem::path file;
};

/// What is written beside a model.
struct Profile {
  std::string name;  ///< "qwen2.5-coder-7b": letters, digits, dots, dashes, underscores.
  std::filesystem::path file;
  PromptFormat format = PromptFormat::chat;
  int context_tokens = 8192;
  std::vector<AdapterFile> adapters;
  std::string licence;
  std::string source;  ///< URL, or empty for a file of the user's.
  std::string sha256;
  std::int64_t bytes = 0;
};

/// A model that `idi model pull` knows by name.
struct CatalogueEntry {
  Profile profile;   ///< `file` is its name alone.
  std::string note;  ///< "research licence: not for commercial use".
  bool recommended = false;
};
[[nodiscard]] const std::vector<CatalogueEntry>& catalogue();

struct DownloadProgress {
  std::int64_t received_bytes = 0, total_bytes = 0;
  double bytes_per_second = 0;
};

class ModelStore {
 public:
  [[nodiscard]] static Result<std::unique_ptr<ModelStore>> open(
      const std::filesystem::path& folder);
  virtual ~ModelStore() = default;

  [[nodiscard]] virtual Result<std::vector<Profile>> list() const = 0;
  [[nodiscard]] virtual Result<Profile> find(std::string_view name) const = 0;
  /// The one in use; nullopt: none, the built-in parser answers alone.
  [[nodiscard]] virtual Result<std::optional<Profile>> chosen() const = 0;
  [[nodiscard]] virtual Status choose(std::string_view name) = 0;
  [[nodiscard]] virtual Status choose_none() = 0;
  /// A file that is there already (not moved, not copied). Checks that it is a model that llama.cpp
  /// runs and whole.
  [[nodiscard]] virtual Result<Profile> add(const std::filesystem::path& file,
                                            std::string name) = 0;
  /// Downloads (goes on where an earlier one broke off), verifies size and sha256, then shows it.
  /// A wrong file is never kept as a model.
  [[nodiscard]] virtual Result<Profile> pull(
      const CatalogueEntry& entry, const std::function<void(const DownloadProgress&)>& on_progress,
      std::stop_token stop) = 0;
  /// Reads the whole file: its header, its length, its sha256.
  [[nodiscard]] virtual Status verify(
      std::string_view name, const std::function<void(const DownloadProgress&)>& on_progress,
      std::stop_token stop) const = 0;
  [[nodiscard]] virtual Status remove(std::string_view name) = 0;
};

}  // namespace idi::model_store
