// The lock file beside a store: whoever holds it is the only one that has the store open. The
// system drops it when the process ends, however it ends.
#pragma once

#include <filesystem>

#include "idi/core/result.hpp"

namespace idi::session {

class StoreLock {
 public:
  /// Made if absent (0600); stays there. Errors: conflict, io_failed.
  [[nodiscard]] static Result<StoreLock> take(const std::filesystem::path& file);
  StoreLock(StoreLock&& other) noexcept;
  StoreLock& operator=(StoreLock&&) = delete;
  ~StoreLock();

 private:
  explicit StoreLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace idi::session
