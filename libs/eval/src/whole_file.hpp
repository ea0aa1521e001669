// Reading and replacing whole files, and a hash of what is in them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"

namespace idi::eval {

/// Errors: not_found, unreadable, limit_exceeded.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            std::uintmax_t max_bytes);

/// The file is replaced whole or not at all. Errors: io_failed.
Status replace_file(const std::filesystem::path& file, std::string_view content);

/// 64 bits (FNV-1a) as 16 hexadecimal digits: tells contents apart, not attackers.
[[nodiscard]] std::string hex_hash(std::string_view content);

}  // namespace idi::eval
