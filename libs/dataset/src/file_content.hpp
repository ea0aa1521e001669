// A bounded text file in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "idi/core/result.hpp"

namespace idi::dataset {

/// Errors: not_found, unreadable, limit_exceeded.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            std::uintmax_t max_bytes);

}  // namespace idi::dataset
