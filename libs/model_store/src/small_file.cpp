#include "small_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

namespace idi::model_store {
namespace {

constexpr std::size_t max_bytes = 1 << 20;

Status write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return make_error(ErrorCode::io_failed, "");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

Error write_failed(const std::filesystem::path& path, int reason) {
  const bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
  return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", path.string()),
                    full ? "Free some space." : "Check the disk and the folder's permissions.",
                    std::generic_category().message(reason));
}

Result<std::string> read_small_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return make_error(ErrorCode::not_found, fmt::format("there is no file {}", path.string()));
  }
  std::ifstream in(path, std::ios::binary);
  std::string content(max_bytes + 1, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(in.gcount()));
  if (!in.eof() || in.bad() || content.size() > max_bytes) {
    return make_error(ErrorCode::unreadable, fmt::format("cannot read {}", path.string()),
                      "Check its permissions, or remove it.");
  }
  return content;
}

Status replace_small_file(const std::filesystem::path& path, std::string_view content) {
  static std::atomic<unsigned> counter{0};  // two threads, one file
  const std::string beside =
      fmt::format("{}.{}-{}.new", path.string(), ::getpid(), counter.fetch_add(1));
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) return write_failed(path, errno);
  int reason = 0;
  if (!write_all(descriptor, content) || ::fsync(descriptor) != 0) reason = errno;
  if (::close(descriptor) != 0 && reason == 0) reason = errno;
  if (reason == 0 && std::rename(beside.c_str(), path.c_str()) != 0) reason = errno;
  if (reason == 0) return {};
  std::remove(beside.c_str());
  return write_failed(path, reason);
}

}  // namespace idi::model_store
