#include "sha256.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <vector>

#include "idi/core/assert.hpp"
#include "progress_clock.hpp"

namespace idi::model_store {
namespace {

constexpr std::size_t bytes_at_once = 1 << 20;

struct ContextCleanup {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class Descriptor {
 public:
  explicit Descriptor(const std::filesystem::path& path)
      : value_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int value() const { return value_; }

 private:
  int value_;
};

Error unreadable(const std::filesystem::path& file, int reason) {
  return make_error(ErrorCode::unreadable, fmt::format("cannot read {}", file.string()),
                    "Check the disk and the file's permissions.",
                    std::generic_category().message(reason));
}

}  // namespace

Result<std::string> sha256_of(const std::filesystem::path& file, const OnProgress& on_progress,
                              const std::stop_token& stop) {
  const Descriptor descriptor(file);
  struct stat status {};
  if (descriptor.value() < 0 || ::fstat(descriptor.value(), &status) != 0) {
    return unreadable(file, errno);
  }
  const std::unique_ptr<EVP_MD_CTX, ContextCleanup> context(EVP_MD_CTX_new());
  IDI_ASSERT(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  ProgressClock progress(on_progress, 0, status.st_size);
  std::vector<unsigned char> buffer(bytes_at_once);
  std::int64_t done = 0;
  while (true) {
    if (stop.stop_requested()) {
      return make_error(ErrorCode::cancelled, "reading the file was stopped");
    }
    const ssize_t count = ::read(descriptor.value(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(file, errno);
    if (count == 0) break;
    IDI_ASSERT(EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(count)) ==
               1);
    done += count;
    progress.at(done);
  }
  progress.end(done);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  IDI_ASSERT(EVP_DigestFinal_ex(context.get(), digest, &length) == 1);
  std::string text;
  for (unsigned int i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

}  // namespace idi::model_store
