#include "store_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "idi/core/text.hpp"

namespace idi::session {
namespace {

/// The number of the process that holds it, as it wrote it; empty if it has not yet.
std::string holder_of(int descriptor) {
  std::array<char, 20> bytes{};
  const ssize_t size = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  const std::string_view written(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return std::string(written.substr(0, written.find_first_not_of("0123456789")));
}

Error held_by_another(const std::filesystem::path& file, int descriptor) {
  const std::string holder = holder_of(descriptor);
  return make_error(ErrorCode::conflict,
                    fmt::format("The conversations are open in another IDI already{}",
                                holder.empty() ? "" : fmt::format(" (process {})", holder)),
                    "End the other one first, or give this one a file of its own.",
                    fmt::format("{} is locked", text::to_valid_utf8(file.string())));
}

}  // namespace

Result<StoreLock> StoreLock::take(const std::filesystem::path& file) {
  // Not inherited: a child that outlives us must not keep the store.
  const int descriptor =
      ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (descriptor < 0) {
    return make_error(
        ErrorCode::io_failed,
        fmt::format("The lock file {} cannot be opened", text::to_valid_utf8(file.string())),
        "Check that its folder can be written.", std::generic_category().message(errno));
  }
  StoreLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    if (reason == EWOULDBLOCK) return held_by_another(file, descriptor);
    return make_error(ErrorCode::io_failed,
                      fmt::format("{} cannot be locked", text::to_valid_utf8(file.string())),
                      "Put the file on a local disk.", std::generic_category().message(reason));
  }
  // For the message above only: a full disk is no reason to fail here.
  const std::string holder = fmt::format("{}\n", ::getpid());
  if (::ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, holder.data(), holder.size(), 0);
  }
  return lock;
}

StoreLock::StoreLock(StoreLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

StoreLock::~StoreLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace idi::session
