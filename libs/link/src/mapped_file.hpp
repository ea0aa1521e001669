// A whole file mapped for reading; unmapped with the object. Immutable, thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::link {

class MappedFile {
 public:
  /// Errors: not_found, unreadable.
  static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

}  // namespace idi::link
