// SQLite's errors in the words of somebody who keeps conversations, not of somebody who asks a
// database.
#pragma once

#include <string_view>

#include "idi/core/result.hpp"

namespace idi::session {

/// Errors of this room stay as they are.
[[nodiscard]] Error store_error(Error error);
[[nodiscard]] Error damaged(std::string_view file, std::string_view detail);

template <typename T>
[[nodiscard]] Result<T> in_store_words(Result<T> result) {
  if (!result) return store_error(result.error());
  return result;
}

}  // namespace idi::session
