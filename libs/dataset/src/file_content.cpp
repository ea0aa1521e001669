#include "file_content.hpp"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

namespace idi::dataset {

Result<std::string> read_file(const std::filesystem::path& file, std::uintmax_t max_bytes) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) {
    return make_error(ErrorCode::not_found, fmt::format("there is no file {}", file.string()),
                      "check the path");
  }
  if (!std::filesystem::is_regular_file(status)) {
    return make_error(ErrorCode::unreadable, fmt::format("{} is not a file", file.string()),
                      "name a file, not a folder");
  }
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error || size > max_bytes) {
    return make_error(error ? ErrorCode::unreadable : ErrorCode::limit_exceeded,
                      error ? fmt::format("cannot read {}", file.string())
                            : fmt::format("{} has more than {} bytes", file.string(), max_bytes),
                      error ? "check its permissions" : "split it into smaller files",
                      error.message());
  }
  std::ifstream stream(file, std::ios::binary);
  std::string content(static_cast<std::size_t>(size), '\0');
  if (!stream || !stream.read(content.data(), static_cast<std::streamsize>(size))) {
    return make_error(ErrorCode::unreadable, fmt::format("cannot read {}", file.string()),
                      "check its permissions");
  }
  return content;
}

}  // namespace idi::dataset
