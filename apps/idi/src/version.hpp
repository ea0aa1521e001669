// Version and program name, from CMake.
#pragma once

#include <string_view>

namespace idi::cli {
inline constexpr std::string_view program_version = IDI_VERSION;
}  // namespace idi::cli
