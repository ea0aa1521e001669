#include "number_formats.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "idi/core/assert.hpp"

namespace idi::gguf {
namespace {

constexpr std::size_t block = 32;

template <typename T>
void append(std::vector<std::byte>& out, const T& value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  out.insert(out.end(), bytes.begin(), bytes.end());
}

/// ggml's quantize_row_q8_0_ref: one scale, then 32 signed bytes.
void encode_q8_block(std::span<const float> numbers, std::vector<std::byte>& out) {
  float largest = 0;
  for (const float number : numbers) largest = std::max(largest, std::fabs(number));
  const float scale = largest / 127;
  const float inverse = scale != 0 ? 1 / scale : 0;
  append(out, half_of(scale));
  for (const float number : numbers) {
    out.push_back(static_cast<std::byte>(static_cast<std::int8_t>(std::round(number * inverse))));
  }
}

}  // namespace

std::uint16_t half_of(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000);
  const std::uint32_t magnitude = bits & 0x7FFFFFFF;
  if (magnitude > 0x7F800000) return sign | 0x7E00;   // not a number
  if (magnitude >= 0x477FF000) return sign | 0x7C00;  // rounds to infinity: 65520 and more
  if (magnitude >= 0x38800000) {                      // a normal half
    const std::uint32_t rebased = magnitude - (std::uint32_t{112} << 23);
    return sign | static_cast<std::uint16_t>((rebased + 0xFFF + ((rebased >> 13) & 1)) >> 13);
  }
  // A subnormal half counts in steps of 2^-24; adding 0.5 lets the float unit round to them.
  const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
  return sign | static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(shifted) - 0x3F000000);
}

std::uint16_t brain_of(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7FFFFFFF) > 0x7F800000) return static_cast<std::uint16_t>((bits >> 16) | 64);
  return static_cast<std::uint16_t>((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
}

void encode(TensorType type, std::span<const float> numbers, std::vector<std::byte>& out) {
  switch (type) {
    case TensorType::f32: {
      const auto bytes = std::as_bytes(numbers);
      out.insert(out.end(), bytes.begin(), bytes.end());
      return;
    }
    case TensorType::f16:
      for (const float number : numbers) append(out, half_of(number));
      return;
    case TensorType::bf16:
      for (const float number : numbers) append(out, brain_of(number));
      return;
    case TensorType::q8_0:
      IDI_ASSERT(numbers.size() % block == 0);
      for (std::size_t i = 0; i < numbers.size(); i += block) {
        encode_q8_block(numbers.subspan(i, block), out);
      }
      return;
  }
}

}  // namespace idi::gguf
