// A language model of a few hundred thousand random numbers that llama-server loads at once: what
// it says makes no sense, in a few milliseconds. Architecture llama, 264 tokens (every byte is
// one), a context of 512 tokens, no chat template.
#pragma once

#include <cstdint>
#include <filesystem>

#include "idi/core/result.hpp"

namespace idi::llama_runtime::testing {

[[nodiscard]] Status write_tiny_model(const std::filesystem::path& path);
/// A LoRA adapter of it; `seed`: another adapter. Applied, it changes what the model says.
[[nodiscard]] Status write_tiny_adapter(const std::filesystem::path& path, std::uint32_t seed);

}  // namespace idi::llama_runtime::testing
