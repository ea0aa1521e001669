// Small files of every kind that a store is given, and a folder of the test's own.
#pragma once

#include <filesystem>
#include <string>

namespace idi::model_store::testing {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file into it.
  std::filesystem::path file(const std::string& name, const std::string& content) const;

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string content_of(const std::filesystem::path& path);

/// Bytes of a llama model of two layers of width 64; `numbers` of them in its tensor.
[[nodiscard]] std::string small_model(std::uint64_t numbers = 1024);
[[nodiscard]] std::string small_embedder();
[[nodiscard]] std::string part_of_split_model();
/// A LoRA adapter for small_model; `inputs` is 64 where it fits.
[[nodiscard]] std::string small_adapter(const std::string& architecture = "llama",
                                        std::uint64_t inputs = 64);

}  // namespace idi::model_store::testing
