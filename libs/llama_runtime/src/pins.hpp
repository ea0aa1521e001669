// The packages whose versions are known to work with this program: what computes. What they need
// besides (the C library, OpenSSL …) is whatever Debian signs beside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/llama_runtime/runtime.hpp"

namespace idi::llama_runtime {

inline constexpr std::string_view wanted_package = "llama.cpp-tools";

/// "name=version", as apt takes it; none where nothing was tried on the architecture.
[[nodiscard]] std::vector<std::string> pinned_packages(const std::string& architecture);

/// Whether all pinned packages are there in their versions. Errors: unreadable (a version that is
/// known, with other contents).
[[nodiscard]] Result<bool> matches_pins(const std::vector<InstalledPackage>& packages,
                                        const std::string& architecture);

}  // namespace idi::llama_runtime
