// IEEE 754 binary16 ↔ binary32.
#pragma once

#include <cstdint>

namespace idi::model_io {

/// Rounds to nearest, ties to even. Values beyond ±65504 become infinite.
[[nodiscard]] std::uint16_t to_half(float value);
/// Exact. Widens `count` values; the arrays do not overlap.
void widen_halves(const std::uint16_t* halves, std::int64_t count, float* out);

}  // namespace idi::model_io
