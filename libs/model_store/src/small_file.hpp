// Files of a few hundred bytes, read whole and replaced whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::model_store {

/// Errors: not_found, unreadable (too large, no permission).
[[nodiscard]] Result<std::string> read_small_file(const std::filesystem::path& path);

/// Written beside, made durable and renamed. Errors: io_failed.
[[nodiscard]] Status replace_small_file(const std::filesystem::path& path,
                                        std::string_view content);

/// io_failed, with the system's reason.
[[nodiscard]] Error write_failed(const std::filesystem::path& path, int reason);

}  // namespace idi::model_store
