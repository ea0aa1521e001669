// How many bytes ggml's kinds of numbers take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace idi::gguf {

struct TypeLayout {
  std::uint32_t type;
  const char* name;
  std::uint64_t block_numbers;  ///< Numbers that are stored together; a row is whole blocks.
  std::uint64_t block_bytes;
};

/// Null for a type that is newer than this program.
[[nodiscard]] const TypeLayout* layout_of(std::uint32_t type);
/// "Q4_K"; "type 77" if unknown.
[[nodiscard]] std::string type_name(std::uint32_t type);
/// nullopt if it is 2^63 or more.
[[nodiscard]] std::optional<std::uint64_t> numbers_in(const std::vector<std::uint64_t>& shape);

}  // namespace idi::gguf
