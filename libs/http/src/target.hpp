// The target of a request line ("/api/x?y=1", "http://host/x") taken apart and decoded.
#pragma once

#include <string>
#include <string_view>

#include "idi/http/form.hpp"

namespace idi::http {

struct Target {
  std::string path;       ///< Decoded; begins with '/', or is "*".
  FormFields parameters;  ///< Decoded.
  std::string authority;  ///< Of the absolute form, as sent; else empty.
};

/// Errors: invalid_argument, limit_exceeded.
[[nodiscard]] Result<Target> parse_target(std::string_view target);

}  // namespace idi::http
