#include "file_io.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "idi/model_io/format_error.hpp"

namespace idi::model_io {
namespace {

[[noreturn]] void fail_unreadable(const std::string& path, const std::string& reason) {
  throw FormatError(FormatError::Kind::unreadable, "cannot read " + path + ": " + reason);
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_unreadable(path, std::strerror(errno));
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    fail_unreadable(path, "not a regular file");
  }
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ > 0) {
    void* map = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int error = errno;
    ::close(descriptor);
    if (map == MAP_FAILED) fail_unreadable(path, std::strerror(error));
    data_ = static_cast<const std::byte*>(map);
  } else {
    ::close(descriptor);
  }
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

NewFile::NewFile(std::string path) : path_(std::move(path)), partial_path_(path_ + ".partial") {
  // The rename would put a file in the place of a device or fail on a folder after all the work.
  struct stat status {};
  if (::stat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    fail("create");
  }
  file_ = std::fopen(partial_path_.c_str(), "wb");
  if (file_ == nullptr) fail("create");
}

NewFile::~NewFile() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  std::remove(partial_path_.c_str());
}

void NewFile::append(std::span<const std::byte> bytes) {
  if (!bytes.empty() && std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size())
    fail("write");
}

void NewFile::overwrite_start(std::span<const std::byte> bytes) {
  if (std::fseek(file_, 0, SEEK_SET) != 0) fail("write");
  append(bytes);
}

void NewFile::commit() {
  if (std::fflush(file_) != 0 || ::fsync(::fileno(file_)) != 0) fail("write");
  const int closed = std::fclose(std::exchange(file_, nullptr));
  if (closed != 0 || std::rename(partial_path_.c_str(), path_.c_str()) != 0) {
    const int error = errno;
    std::remove(partial_path_.c_str());
    errno = error;
    fail("write");
  }
}

void NewFile::fail(const char* action) const {
  throw FormatError(FormatError::Kind::io_failed,
                    std::string("cannot ") + action + " " + path_ + ": " + std::strerror(errno));
}

}  // namespace idi::model_io
