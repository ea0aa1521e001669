// Where llama.cpp's llama-server is, and its installation into a private prefix where there is
// none: Debian's own signed packages, fetched by the system's apt under a private configuration;
// nothing of the system is changed (docs/decisions/). POSIX only.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::llama_runtime {

/// How to run a program of llama.cpp.
struct Runtime {
  enum class Origin { environment, path, installed };
  Origin origin = Origin::installed;
  /// argv before the program's own options: {"/usr/bin/llama-server"}, or the prefix's own loader
  /// with its library path and the program.
  std::vector<std::string> server;
  std::vector<std::string> quantize;  ///< llama-quantize beside it; empty: not there.
  std::string version;                ///< As the program or the package says.
};

/// In order: the environment's IDI_LLAMA_SERVER, PATH, the prefix. nullopt: none. An
/// IDI_LLAMA_SERVER that cannot be run is an error, not passed over. Does not check that it runs.
[[nodiscard]] Result<std::optional<Runtime>> find_runtime(const std::filesystem::path& prefix);

/// $XDG_DATA_HOME/idi/runtime or ~/.local/share/idi/runtime.
[[nodiscard]] std::filesystem::path default_prefix();

struct InstallProgress {
  std::string message;  ///< "Fetching the package lists"
  double percent = 0;
};

/// Fetches, verifies (apt's signatures and, for the pinned versions, sha256), unpacks into a folder
/// beside and renames: a broken installation leaves what was there. Repeatable.
/// Errors: unavailable (no network, mirror: apt's words in detail), not_supported (no apt: names
/// other ways), io_failed, cancelled, conflict (another installation is running).
[[nodiscard]] Result<Runtime> install_runtime(
    const std::filesystem::path& prefix,
    const std::function<void(const InstallProgress&)>& on_progress, std::stop_token stop);

[[nodiscard]] Status remove_runtime(const std::filesystem::path& prefix);

}  // namespace idi::llama_runtime
