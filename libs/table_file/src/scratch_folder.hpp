#pragma once

#include <filesystem>
#include <utility>

#include "idi/core/result.hpp"

namespace idi::table_file {

/// A folder of one's own (0700) in TMPDIR, removed with what is in it.
class ScratchFolder {
 public:
  /// Errors: io_failed.
  [[nodiscard]] static Result<ScratchFolder> make();
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace idi::table_file
