// Whether a model fits into this machine's memory, before it is loaded.
#pragma once

#include <cstdint>
#include <optional>

#include "idi/core/result.hpp"
#include "idi/model_store/profile.hpp"

namespace idi::model_store {

/// Conversations with a server at once, unless more are asked for (llama_runtime::ServerOptions).
inline constexpr std::uint64_t usual_slots = 2;

/// As gguf::memory_needed for the profile's file, context and adapters. Errors: as read_header.
[[nodiscard]] Result<std::uint64_t> memory_needed(const Profile& profile, std::uint64_t slots);

/// What programs can still take (MemAvailable, and less where a control group says so); nullopt
/// where the system does not tell.
[[nodiscard]] std::optional<std::uint64_t> available_memory();

/// Errors: limit_exceeded with both numbers. Not meant where the weights go to a graphics card.
[[nodiscard]] Status check_memory(const Profile& profile, std::uint64_t slots,
                                  std::optional<std::uint64_t> available_bytes);

/// "4.7 GB"; decimal, as shops and download pages count.
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace idi::model_store
