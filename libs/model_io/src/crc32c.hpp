// CRC-32C (Castagnoli), RFC 3720 appendix B.4; the processor's instruction where it has one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace idi::model_io {

/// `crc` continues an earlier call's result; 0 starts.
[[nodiscard]] std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t crc = 0);

}  // namespace idi::model_io
