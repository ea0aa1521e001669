// The language models of this machine: where they lie, what is known of them, how they get there.
// A model is a GGUF file with a small JSON profile beside it (docs/models.md); the store is a
// folder ($XDG_DATA_HOME/idi/models) and one line of configuration, which model is used. Every
// change is written beside and renamed. Thread-safe; several processes may use one folder.
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
#include "idi/model_store/catalogue.hpp"
#include "idi/model_store/profile.hpp"

namespace idi::model_store {

/// Of a download, or of reading a whole file.
struct DownloadProgress {
  std::int64_t received_bytes = 0;
  std::int64_t total_bytes = 0;  ///< 0: not known.
  double bytes_per_second = 0;
};
/// Called a few times a second, and once at the end. May be empty.
using OnProgress = std::function<void(const DownloadProgress&)>;

/// A download that did not come to its end; `pull` goes on with it.
struct UnfinishedDownload {
  std::string name;
  std::int64_t received_bytes = 0;
  std::int64_t total_bytes = 0;  ///< 0: not known.
};

class ModelStore {
 public:
  /// Creates the folder. Errors: io_failed.
  [[nodiscard]] static Result<std::unique_ptr<ModelStore>> open(
      const std::filesystem::path& folder);
  virtual ~ModelStore() = default;

  /// By name. A profile that cannot be read is an error that names its file.
  [[nodiscard]] virtual Result<std::vector<Profile>> list() const = 0;
  [[nodiscard]] virtual Result<std::vector<UnfinishedDownload>> unfinished() const = 0;
  [[nodiscard]] virtual Result<Profile> find(std::string_view name) const = 0;
  /// The one in use; nullopt: none, the built-in parser answers alone.
  [[nodiscard]] virtual Result<std::optional<Profile>> chosen() const = 0;
  [[nodiscard]] virtual Status choose(std::string_view name) = 0;
  [[nodiscard]] virtual Status choose_none() = 0;

  /// A file that is there already (not moved, not copied). Checks that it is a model that llama.cpp
  /// runs and whole, and takes its sha256 for later. Errors: as read_header; not_supported (an
  /// embedder, an adapter, a part of a split model); conflict (the name is taken).
  [[nodiscard]] virtual Result<Profile> add(const std::filesystem::path& file, std::string name,
                                            const OnProgress& on_progress,
                                            std::stop_token stop) = 0;
  /// A LoRA adapter for a model that is here; one per role, a new one takes the old one's place.
  /// Errors: as add; invalid_argument (unknown role), not_supported (made for another model).
  [[nodiscard]] virtual Result<Profile> add_adapter(std::string_view model, std::string role,
                                                    const std::filesystem::path& file,
                                                    const OnProgress& on_progress,
                                                    std::stop_token stop) = 0;
  [[nodiscard]] virtual Status remove_adapter(std::string_view model, std::string_view role) = 0;

  /// Downloads (goes on where an earlier one broke off), verifies size and, where the server
  /// announces it, sha256, then shows it. A wrong file is never kept as a model. A model that is
  /// there is returned as it is. Errors: unavailable, timeout (what came is kept), cancelled
  /// (the same), not_found, refused (asks for a login), unreadable (not the file it should be),
  /// io_failed (disk full: what came is kept), conflict (another process is downloading it).
  [[nodiscard]] virtual Result<Profile> pull(const CatalogueEntry& entry,
                                             const OnProgress& on_progress,
                                             std::stop_token stop) = 0;
  /// Reads the whole file and its adapters: header, length, sha256. Errors: unreadable (says what
  /// differs), not_found.
  [[nodiscard]] virtual Status verify(std::string_view name, const OnProgress& on_progress,
                                      std::stop_token stop) const = 0;
  /// The profile; and the file too if it was pulled. Also removes an unfinished download.
  [[nodiscard]] virtual Status remove(std::string_view name) = 0;
};

}  // namespace idi::model_store
