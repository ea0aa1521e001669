// The one exception of this room; callers convert it to their own error type at their border.
#pragma once

#include <stdexcept>

namespace idi::model_io {
/// The file is cut short, corrupt, of another version or not ours; or it cannot be written.
struct FormatError : std::runtime_error {
  enum class Kind { unreadable, wrong_version, corrupt, io_failed };
  FormatError(Kind kind_, const std::string& what) : std::runtime_error(what), kind(kind_) {}
  Kind kind;
};
}  // namespace idi::model_io
