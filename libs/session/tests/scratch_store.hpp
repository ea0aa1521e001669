// A folder for one test, with a store in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include "idi/session/session_store.hpp"
#include "idi/sqlite/connection.hpp"

namespace idi::session {

class ScratchFolder {
 public:
  ScratchFolder() : ScratchFolder(std::filesystem::temp_directory_path()) {}
  /// In memory where there is such a place: for tests of thousands of writes, each of which waits
  /// for the disk.
  static ScratchFolder in_memory() {
    const std::filesystem::path memory = "/dev/shm";
    const bool usable = ::access(memory.c_str(), W_OK) == 0;
    return ScratchFolder(usable ? memory : std::filesystem::temp_directory_path());
  }
  explicit ScratchFolder(const std::filesystem::path& parent) {
    std::string path = (parent / "idi-session-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = path;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path file() const { return path_ / "sessions.db"; }

 private:
  std::filesystem::path path_;
};

inline Result<std::unique_ptr<SessionStore>> try_open(const std::filesystem::path& file) {
  SqliteStoreOptions options;
  options.file = file;
  return open_sqlite_store(options);
}

inline std::unique_ptr<SessionStore> open_store(const std::filesystem::path& file) {
  auto store = try_open(file);
  if (!store) throw std::runtime_error(store.error().to_text());
  return std::move(*store);
}

/// Beside the store, which must be closed.
inline void run_sql(const std::filesystem::path& file, std::string_view script) {
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::create;
  auto connection = sqlite::Connection::open(file, options);
  ASSERT_TRUE(connection) << connection.error().to_text();
  const Status done = connection->execute(script);
  ASSERT_TRUE(done) << done.error().to_text();
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

}  // namespace idi::session
