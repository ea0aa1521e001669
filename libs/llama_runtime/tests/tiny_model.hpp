// A language model of a few thousand random numbers that llama-server loads: what it says makes no
// sense, in a few milliseconds.
#pragma once

#include <filesystem>

#include "idi/core/result.hpp"

namespace idi::llama_runtime {

[[nodiscard]] Status write_tiny_model(const std::filesystem::path& path);

}  // namespace idi::llama_runtime
