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

/// Runs it to ask. Errors: unavailable (it does not run here: its words in detail).
[[nodiscard]] Result<std::string> ask_version(const Runtime& runtime, std::stop_token stop);

/// IDI_RUNTIME, $XDG_DATA_HOME/idi/runtime or ~/.local/share/idi/runtime; empty: none of them.
[[nodiscard]] std::filesystem::path default_prefix();

struct InstallProgress {
  std::string message;  ///< "Fetching the package lists"
  double percent = 0;
};

struct InstallOptions {
  bool again = false;  ///< Even where a whole installation is.
  /// Fetch from here alone; a snapshot of the past may be named (its lists may be out of date).
  std::string mirror;
};

/// Fetches, verifies (apt's signatures; of the pinned packages the sha256 too), unpacks into a
/// folder beside and exchanges it: a broken installation leaves what was there. Where the archive
/// has moved on, its newest version is taken, and `Installation::pinned` says so. Repeatable: what
/// is there and whole is kept.
/// Errors: unavailable (no network, mirror: apt's words in detail), not_supported (no apt: names
/// other ways), io_failed, cancelled, timeout, conflict (another installation is running),
/// unreadable (the prefix holds something else).
[[nodiscard]] Result<Runtime> install_runtime(
    const std::filesystem::path& prefix,
    const std::function<void(const InstallProgress&)>& on_progress, std::stop_token stop,
    const InstallOptions& options = {});

struct InstalledPackage {
  std::string name, version, architecture, sha256;
};

/// What is known of what was installed.
struct Installation {
  std::string version;  ///< Of llama.cpp, as the program says.
  std::string mirror;
  std::string architecture;
  bool pinned = false;  ///< Exactly the versions that this program was tested with.
  std::vector<InstalledPackage> packages;
};

/// nullopt: nothing is installed there. Errors: unreadable, wrong_version.
[[nodiscard]] Result<std::optional<Installation>> read_installation(
    const std::filesystem::path& prefix);

/// Reads every file of it again. Errors: not_found, unreadable (names what was changed or is gone),
/// cancelled.
[[nodiscard]] Status verify_installation(const std::filesystem::path& prefix, std::stop_token stop);

/// Nothing there is a success. Errors: io_failed, conflict, unreadable (it holds something else).
[[nodiscard]] Status remove_runtime(const std::filesystem::path& prefix);

}  // namespace idi::llama_runtime
