#include "whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

namespace idi::eval {
namespace {

namespace fs = std::filesystem;

Error write_failed(const fs::path& file, int code) {
  return make_error(ErrorCode::io_failed, "cannot write " + file.string(),
                    "check that the folder can be written and that the disk is not full",
                    std::generic_category().message(code));
}

}  // namespace

Result<std::string> read_file(const fs::path& file, std::uintmax_t max_bytes) {
  std::error_code failure;
  const auto status = fs::status(file, failure);
  if (!fs::exists(status)) {
    return make_error(ErrorCode::not_found, "there is no file " + file.string(), "check the path");
  }
  if (fs::is_directory(status)) {
    return make_error(ErrorCode::unreadable, file.string() + " is a folder, not a file",
                      "name a file in it");
  }
  std::ifstream stream(file, std::ios::binary);
  std::string content;
  char buffer[1 << 16];
  while (stream.read(buffer, sizeof buffer), stream.gcount() > 0) {
    content.append(buffer, static_cast<std::size_t>(stream.gcount()));
    if (content.size() > max_bytes) {
      return make_error(ErrorCode::limit_exceeded,
                        fmt::format("{} has more than {} MiB", file.string(), max_bytes >> 20));
    }
  }
  if (!stream.eof()) {
    return make_error(ErrorCode::unreadable, "cannot read " + file.string(),
                      "check its permissions");
  }
  return content;
}

Status replace_file(const fs::path& file, std::string_view content) {
  const std::string unfinished = file.string() + ".part";
  const int descriptor = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return write_failed(file, errno);
  int code = 0;
  while (!content.empty() && code == 0) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written > 0) {
      content.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      code = errno;
    }
  }
  if (::close(descriptor) != 0 && code == 0) code = errno;
  if (code == 0 && std::rename(unfinished.c_str(), file.c_str()) != 0) code = errno;
  if (code == 0) return {};
  ::unlink(unfinished.c_str());
  return write_failed(file, code);
}

std::string hex_hash(std::string_view content) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char byte : content) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace idi::eval
