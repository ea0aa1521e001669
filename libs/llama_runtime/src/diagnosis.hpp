// From how a llama-server ended and what it last printed to what a person can do about it.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "child.hpp"
#include "idi/core/result.hpp"

namespace idi::llama_runtime {

/// `ending`: none when it was killed because it did not become ready in time. Always `unavailable`;
/// the last lines are the detail.
[[nodiscard]] Error explain_end(std::optional<Ending> ending, std::string_view last_lines,
                                const std::filesystem::path& model);

/// It ended because somebody else has its port.
[[nodiscard]] bool port_was_taken(std::string_view last_lines);

}  // namespace idi::llama_runtime
