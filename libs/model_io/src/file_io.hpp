// Files as this room needs them: a read-only map, and a file that appears only when it is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>

namespace idi::model_io {

/// The whole file, mapped read-only. Page-aligned.
class MappedFile {
 public:
  /// Throws FormatError(unreadable).
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  [[nodiscard]] std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Writes `path`.partial; commit() syncs and renames. Uncommitted, it is removed again.
/// Every member throws FormatError(io_failed) with the system's reason.
class NewFile {
 public:
  explicit NewFile(std::string path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void append(std::span<const std::byte> bytes);
  /// Replaces the first bytes of the file.
  void overwrite_start(std::span<const std::byte> bytes);
  void commit();

 private:
  [[noreturn]] void fail(const char* action) const;

  std::string path_;
  std::string partial_path_;
  std::FILE* file_ = nullptr;
};

}  // namespace idi::model_io
