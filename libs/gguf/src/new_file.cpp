#include "new_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace idi::gguf {

NewFile::NewFile(std::filesystem::path path)
    : path_(std::move(path)),
      beside_(fmt::format("{}.{}.unfinished", path_.string(), ::getpid())) {}

NewFile::~NewFile() {
  if (!file_) return;
  std::fclose(file_);
  std::remove(beside_.c_str());
}

Error NewFile::failed(int reason) const {
  return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", path_.string()),
                    reason == ENOSPC ? "Free some space, or name another place." : "",
                    std::strerror(reason));
}

Status NewFile::open() {
  // The rename would put a file in the place of a device, or fail on a folder after all the work.
  std::error_code ignored;
  const auto status = std::filesystem::status(path_, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return failed(std::filesystem::is_directory(status) ? EISDIR : EINVAL);
  }
  file_ = std::fopen(beside_.c_str(), "wb");
  if (!file_) return failed(errno);
  return {};
}

Status NewFile::append(std::span<const std::byte> bytes) {
  if (!bytes.empty() && std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    return failed(errno);
  }
  return {};
}

Status NewFile::commit() {
  if (std::fflush(file_) != 0 || ::fsync(::fileno(file_)) != 0) return failed(errno);
  const int closed = std::fclose(std::exchange(file_, nullptr));
  if (closed != 0 || std::rename(beside_.c_str(), path_.c_str()) != 0) {
    const int reason = errno;
    std::remove(beside_.c_str());
    return failed(reason);
  }
  return {};
}

}  // namespace idi::gguf
