#pragma once

#include <string>

#include "idi/core/result.hpp"

namespace idi::session {

/// "s_" and 22 characters of base64url from 128 bits of the system's random source.
/// Errors: unavailable.
[[nodiscard]] Result<std::string> new_session_id();

}  // namespace idi::session
