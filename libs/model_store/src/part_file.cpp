#include "part_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "small_file.hpp"

namespace idi::model_store {
namespace {

namespace json = boost::json;

std::string text_in(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value ? value->if_string() : nullptr;
  return text ? std::string(*text) : std::string();
}

}  // namespace

std::filesystem::path memory_of(const std::filesystem::path& part) {
  return part.string() + ".json";
}

Announced parse_announced(std::string_view text) {
  boost::system::error_code failure;
  const json::value value = json::parse({text.data(), text.size()}, failure);
  const json::object* object = failure ? nullptr : value.if_object();
  if (!object) return {};
  Announced announced;
  announced.url = text_in(*object, "url");
  announced.tag = text_in(*object, "tag");
  announced.sha256 = text_in(*object, "sha256");
  const json::value* bytes = object->if_contains("bytes");
  if (bytes && bytes->is_int64() && bytes->get_int64() >= 0) announced.bytes = bytes->get_int64();
  return announced;
}

Announced read_announced(const std::filesystem::path& part) {
  const auto content = read_small_file(memory_of(part));
  return content ? parse_announced(*content) : Announced();
}

Result<PartFile> PartFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return write_failed(path, errno);
  PartFile file(path, descriptor);
  struct stat status {};
  struct stat named {};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || ::fstat(descriptor, &status) != 0 ||
      ::stat(path.c_str(), &named) != 0 || status.st_ino != named.st_ino) {
    // Another's; perhaps it got its final name between our opening and locking it.
    ::close(std::exchange(file.descriptor_, -1));
    return make_error(ErrorCode::conflict, "this model is being downloaded already",
                      "Wait for the other download, or stop it.");
  }
  file.size_ = status.st_size;
  if (::lseek(descriptor, 0, SEEK_END) < 0) return write_failed(path, errno);
  file.announced_ = read_announced(path);
  return file;
}

PartFile::PartFile(PartFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      announced_(std::move(other.announced_)) {}

PartFile::~PartFile() {
  if (descriptor_ < 0) return;
  // Nothing came: nothing to go on with.
  if (size_ == 0) remove();
  if (descriptor_ >= 0) ::close(descriptor_);  // the lock goes with it
}

Status PartFile::announce(Announced announced) {
  announced_ = std::move(announced);
  return replace_small_file(memory_of(path_),
                            json::serialize(json::object{{"url", announced_.url},
                                                         {"tag", announced_.tag},
                                                         {"sha256", announced_.sha256},
                                                         {"bytes", announced_.bytes}}));
}

Status PartFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return write_failed(path_, errno);
    size_ += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status PartFile::begin_again() {
  if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) < 0) {
    return write_failed(path_, errno);
  }
  size_ = 0;
  announced_ = {};
  std::remove(memory_of(path_).c_str());
  return {};
}

Status PartFile::sync() {
  if (::fsync(descriptor_) != 0) return write_failed(path_, errno);
  return {};
}

Status PartFile::become(const std::filesystem::path& path) {
  if (std::rename(path_.c_str(), path.c_str()) != 0) return write_failed(path, errno);
  std::remove(memory_of(path_).c_str());
  ::close(std::exchange(descriptor_, -1));
  return {};
}

void PartFile::remove() {
  std::remove(path_.c_str());
  std::remove(memory_of(path_).c_str());
  ::close(std::exchange(descriptor_, -1));
}

}  // namespace idi::model_store
