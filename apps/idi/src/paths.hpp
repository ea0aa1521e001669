// Where files lie: caches, history, demo data (XDG base directories) and the weights.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::cli {

/// $XDG_CACHE_HOME/idi or ~/.cache/idi; empty if there is neither.
[[nodiscard]] std::filesystem::path cache_directory();
/// $XDG_DATA_HOME/idi or ~/.local/share/idi.
[[nodiscard]] std::filesystem::path data_directory();
/// $XDG_STATE_HOME/idi or ~/.local/state/idi.
[[nodiscard]] std::filesystem::path state_directory();

/// Where language models are kept.
[[nodiscard]] std::filesystem::path model_folder();

/// Creates it and tries to write in it. Errors: io_failed.
[[nodiscard]] Status ensure_writable(const std::filesystem::path& directory);

/// Places of the weights file in the order in which they are looked at: IDI_PARSER, beside the
/// program (../share/idi/models), the user's own, the source tree that the program was built in.
[[nodiscard]] std::vector<std::filesystem::path> weights_places();

/// `chosen` if not empty, else the first place that has a file. Errors: not_found.
[[nodiscard]] Result<std::filesystem::path> find_weights(const std::string& chosen);

}  // namespace idi::cli
