// From downloaded packages to a folder whose programs run.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"
#include "manifest.hpp"

namespace idi::llama_runtime {

/// Unpacks into `prefix`/files and keeps what is needed to run, with everybody's licences. Errors:
/// unavailable (dpkg's words), io_failed, cancelled.
[[nodiscard]] Status unpack(const std::vector<std::filesystem::path>& archives,
                            const std::filesystem::path& prefix, const std::stop_token& stop);

/// Finds loader, programs and libraries, and puts the back ends where the loader's programs look
/// for them. Errors: unavailable (something is missing), io_failed.
[[nodiscard]] Result<Manifest> arrange(const std::filesystem::path& prefix);

/// "sha256  path" lines of `paths`, relative to `folder`. Errors: unavailable, cancelled.
[[nodiscard]] Result<std::string> sums_of(const std::vector<std::string>& paths,
                                          const std::filesystem::path& folder,
                                          const std::stop_token& stop);

/// Every regular file under `folder`/files, relative to `folder`, in order.
[[nodiscard]] std::vector<std::string> files_under(const std::filesystem::path& folder);

}  // namespace idi::llama_runtime
