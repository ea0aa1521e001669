// Constants of the weights file, for its reader and its writer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace idi::model_io {

inline constexpr std::string_view tensor_magic = "IDIPARSE";
inline constexpr std::size_t tensor_alignment = 64;
inline constexpr std::size_t tensor_rank_max = 8;
/// The smallest magnitude that rounds to an infinite half.
inline constexpr float half_overflow = 65520.0F;

/// Name with its length, type, rank, extents, offset.
[[nodiscard]] constexpr std::size_t tensor_entry_bytes(std::size_t name_bytes, std::size_t rank) {
  return 8 + name_bytes + 4 + 4 + 8 * rank + 8;
}

}  // namespace idi::model_io
