// A file that appears under its name only when it is complete.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>

#include "idi/core/result.hpp"

namespace idi::gguf {

class NewFile {
 public:
  explicit NewFile(std::filesystem::path path);
  ~NewFile();  ///< Removes what was not committed.
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// Errors of all three: io_failed.
  [[nodiscard]] Status open();
  [[nodiscard]] Status append(std::span<const std::byte> bytes);
  [[nodiscard]] Status commit();

 private:
  [[nodiscard]] Error failed(int reason) const;

  std::filesystem::path path_;
  std::string beside_;
  std::FILE* file_ = nullptr;
};

}  // namespace idi::gguf
