// Reproducible random orders: the same on every machine and compiler, unlike std::shuffle's.
#pragma once

#include <cstdint>
#include <vector>

namespace idi::nano_format {

/// 0 … count-1 in an order that depends on seed and stream alone.
[[nodiscard]] std::vector<int> drawn_order(int count, std::uint32_t seed, std::uint32_t stream);

}  // namespace idi::nano_format
