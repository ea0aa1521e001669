// A download that is under way: NAME.part, locked by whoever writes it, and NAME.part.json, which
// remembers what the server said of the whole file, so that a later request can ask for the rest of
// the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::model_store {

/// What the server said of the file that the part belongs to.
struct Announced {
  std::string url;          ///< As asked for, before redirects.
  std::string tag;          ///< ETag of the server that sent the bytes; may be empty.
  std::string sha256;       ///< May be empty.
  std::int64_t bytes = -1;  ///< Of the whole file; -1: not said.
};

class PartFile {
 public:
  /// Errors: io_failed, conflict (another process is writing it).
  [[nodiscard]] static Result<PartFile> open(const std::filesystem::path& path);
  ~PartFile();
  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] const Announced& announced() const { return announced_; }

  /// Errors of all: io_failed.
  [[nodiscard]] Status announce(Announced announced);
  [[nodiscard]] Status append(std::string_view bytes);
  [[nodiscard]] Status begin_again();
  /// On the disk for sure.
  [[nodiscard]] Status sync();
  /// The part gets its final name; what was remembered goes.
  [[nodiscard]] Status become(const std::filesystem::path& path);
  void remove();

 private:
  PartFile(std::filesystem::path path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;
  Announced announced_;
};

/// Where what is announced is kept.
[[nodiscard]] std::filesystem::path memory_of(const std::filesystem::path& part);
/// nullopt-like: an Announced without url if there is none that can be read.
[[nodiscard]] Announced read_announced(const std::filesystem::path& part);
[[nodiscard]] Announced parse_announced(std::string_view json);

}  // namespace idi::model_store
