// What the child prints: appended to a file that is set aside when it grows over a limit, and the
// last lines kept for error messages. A full disk costs the file, never the child.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

#include "child.hpp"
#include "idi/core/result.hpp"

namespace idi::llama_runtime {

class ServerLog {
 public:
  static constexpr std::int64_t max_file_bytes = 8 << 20;
  static constexpr std::size_t max_tail_lines = 40;
  static constexpr std::size_t max_line_bytes = 400;  ///< Of a line in the tail.

  /// An empty path: the tail alone. Errors: io_failed.
  [[nodiscard]] static Result<ServerLog> open(const std::filesystem::path& path,
                                              std::int64_t max_bytes = max_file_bytes);
  void append(std::string_view bytes);
  /// Forgets the lines, not the file: a new child begins.
  void begin(std::string_view headline);
  /// Valid UTF-8, the last line last.
  [[nodiscard]] std::string tail() const;

 private:
  ServerLog(std::filesystem::path path, std::int64_t max_bytes)
      : path_(std::move(path)), max_bytes_(max_bytes) {}
  [[nodiscard]] bool reopen();
  void write(std::string_view bytes);

  std::filesystem::path path_;
  std::int64_t max_bytes_;
  Descriptor file_;
  std::int64_t file_bytes_ = 0;
  std::deque<std::string> lines_;
  std::string unfinished_;
};

}  // namespace idi::llama_runtime
