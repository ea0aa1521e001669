// Files for the tests: a folder that goes away, and databases made by scripts.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include "idi/sqlite/connection.hpp"

namespace idi::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "idi-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().to_text());
}

/// A connection that may write, as another program would have it.
inline sqlite::Connection open_owner(const std::filesystem::path& path) {
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::create;
  auto connection = sqlite::Connection::open(path, options);
  if (!connection) throw std::runtime_error(connection.error().to_text());
  // No waiting for the disk: these files need not survive a power failure.
  if (const Status quick = connection->execute("PRAGMA synchronous=OFF"); !quick) {
    throw std::runtime_error(quick.error().to_text());
  }
  return std::move(*connection);
}

inline void make_database(const std::filesystem::path& path, const std::string& script) {
  auto connection = open_owner(path);
  must(connection.execute(script));
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out) throw std::runtime_error("cannot write " + path.string());
}

/// Every file of a folder: its bytes, and when it was changed.
inline std::map<std::string, std::string> snapshot(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto changed = entry.last_write_time().time_since_epoch().count();
    files[entry.path().filename().string()] =
        fmt::format("{} {}", changed, read_file(entry.path()));
  }
  return files;
}

}  // namespace idi::test
