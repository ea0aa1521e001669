// From how a llama-server ended and what it last printed to what a person can do about it.
#pragma once

#include <filesystem>
#include <string_view>

#include "idi/core/result.hpp"
#include "one_life.hpp"

namespace idi::llama_runtime {

/// Always `unavailable`; the last lines are the detail.
[[nodiscard]] Error explain_end(const Life& life, std::string_view last_lines,
                                const std::filesystem::path& model);

/// It ended because somebody else has its port.
[[nodiscard]] bool port_was_taken(std::string_view last_lines);

}  // namespace idi::llama_runtime
