// The store as a folder, with what its tests replace: how patient downloads are.
#pragma once

#include <memory>
#include <mutex>

#include "download.hpp"
#include "idi/gguf/gguf.hpp"
#include "idi/model_store/model_store.hpp"

namespace idi::model_store {

[[nodiscard]] Result<std::unique_ptr<ModelStore>> open_folder_store(
    const std::filesystem::path& folder, std::unique_ptr<http_client::HttpClient> client,
    Patience patience);

class FolderStore final : public ModelStore {
 public:
  FolderStore(std::filesystem::path folder, std::unique_ptr<http_client::HttpClient> client,
              Patience patience);

  Result<std::vector<Profile>> list() const override;
  Result<std::vector<UnfinishedDownload>> unfinished() const override;
  Result<Profile> find(std::string_view name) const override;
  Result<std::optional<Profile>> chosen() const override;
  Status choose(std::string_view name) override;
  Status choose_none() override;
  Result<Profile> add(const std::filesystem::path& file, std::string name,
                      const OnProgress& on_progress, std::stop_token stop) override;
  Result<Profile> add_adapter(std::string_view model, std::string role,
                              const std::filesystem::path& file, const OnProgress& on_progress,
                              std::stop_token stop) override;
  Status remove_adapter(std::string_view model, std::string_view role) override;
  Result<Profile> pull(const CatalogueEntry& entry, const OnProgress& on_progress,
                       std::stop_token stop) override;
  Status verify(std::string_view name, const OnProgress& on_progress,
                std::stop_token stop) const override;
  Status remove(std::string_view name) override;

 private:
  [[nodiscard]] std::filesystem::path place(std::string_view name, std::string_view ending) const;
  [[nodiscard]] Result<Profile> read(std::string_view name) const;
  [[nodiscard]] Status write(Profile profile) const;
  [[nodiscard]] Result<std::vector<std::string>> names_ending(std::string_view ending) const;
  /// What the file itself says: its format, length and context.
  [[nodiscard]] Status complete(Profile& profile, const gguf::ModelFacts& facts) const;
  [[nodiscard]] Result<Profile> check_pulled(const CatalogueEntry& entry,
                                             const std::filesystem::path& part,
                                             const Announced& announced,
                                             const std::stop_token& stop) const;
  [[nodiscard]] static Status remove_file(const std::filesystem::path& path);

  std::filesystem::path folder_;
  std::unique_ptr<http_client::HttpClient> client_;
  Patience patience_;
  std::mutex mutex_;  ///< Of changes: each reads, then writes.
};

}  // namespace idi::model_store
