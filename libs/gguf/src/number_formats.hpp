// Floats as the file's kinds of numbers, bit for bit as ggml makes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "idi/gguf/gguf.hpp"

namespace idi::gguf {

/// IEEE 754 binary16, to the nearest, ties to even.
[[nodiscard]] std::uint16_t half_of(float value);
/// The upper half of a float, to the nearest, ties to even.
[[nodiscard]] std::uint16_t brain_of(float value);

/// Appends `numbers` to `out`. REQUIRES: whole blocks.
void encode(TensorType type, std::span<const float> numbers, std::vector<std::byte>& out);

}  // namespace idi::gguf
