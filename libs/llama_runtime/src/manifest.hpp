// What an installation says of itself: PREFIX/manifest, words in lines, and PREFIX/SHA256SUMS,
// which `sha256sum --check` reads.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "idi/llama_runtime/runtime.hpp"

namespace idi::llama_runtime {

inline constexpr const char* manifest_name = "manifest";
inline constexpr const char* sums_name = "SHA256SUMS";

struct Manifest {
  Installation installation;
  // Relative to the prefix, so that it can be moved.
  std::string loader;
  std::string server;
  std::string quantize;  ///< Empty: there is none.
  std::vector<std::string> library_folders;
};

[[nodiscard]] std::string to_text(const Manifest& manifest);
/// Errors: unreadable, wrong_version.
[[nodiscard]] Result<Manifest> parse_manifest(std::string_view text);

/// How its programs are run from `prefix`.
[[nodiscard]] Runtime runtime_of(const Manifest& manifest, const std::filesystem::path& prefix);

}  // namespace idi::llama_runtime
