// A language model of random numbers, with a chat template, and adapters for it, for tests with the
// real llama-server: what it says makes no sense, but the same again with the same seed. Every byte
// is a token, as are a few words; the context has 2048 tokens. At about a millisecond per token it
// is slow enough to be stopped.
#pragma once

#include <cstdint>
#include <filesystem>

#include "idi/core/result.hpp"

namespace idi::llm::testing {

[[nodiscard]] Status write_random_model(const std::filesystem::path& path);
/// LoRA of rank 4 over keys and values: strong enough to change every text.
[[nodiscard]] Status write_random_adapter(const std::filesystem::path& path, std::uint32_t seed);

}  // namespace idi::llm::testing
