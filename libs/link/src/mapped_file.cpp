#include "mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace idi::link {
namespace {

struct Descriptor {
  int fd;
  ~Descriptor() { ::close(fd); }
};

Error unreadable(const std::filesystem::path& path) {
  return make_error(ErrorCode::unreadable, "cannot read " + path.string(),
                    "check the file's permissions",
                    std::error_code(errno, std::generic_category()).message());
}

}  // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return make_error(ErrorCode::not_found, "there is no file " + path.string());
    }
    return unreadable(path);
  }
  const Descriptor owner{fd};
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return unreadable(path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return std::shared_ptr<const MappedFile>(new MappedFile(std::string_view{}));
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (address == MAP_FAILED) return unreadable(path);
  return std::shared_ptr<const MappedFile>(
      new MappedFile(std::string_view(static_cast<const char*>(address), size)));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace idi::link
