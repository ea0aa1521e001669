// SHA-256 of a whole file, with progress; OpenSSL's.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "idi/model_store/model_store.hpp"

namespace idi::model_store {

/// 64 lower-case hexadecimal digits. Errors: unreadable, cancelled.
[[nodiscard]] Result<std::string> sha256_of(const std::filesystem::path& file,
                                            const OnProgress& on_progress,
                                            const std::stop_token& stop);

}  // namespace idi::model_store
