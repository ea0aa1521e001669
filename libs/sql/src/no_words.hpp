// The one way to say that a statement is understood, but outside the intermediate representation.
#pragma once

#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::sql {

[[nodiscard]] inline Error no_words_for(std::string_view what) {
  return make_error(ErrorCode::not_supported,
                    "the intermediate representation has no words for: " + std::string(what));
}

}  // namespace idi::sql
