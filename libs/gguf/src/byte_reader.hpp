// Little-endian numbers and texts from a stream of known length. A length is compared with what is
// left before anything is allocated for it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>

#include "idi/core/result.hpp"

namespace idi::gguf {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

class ByteReader {
 public:
  ByteReader(std::istream& in, std::uint64_t file_bytes) : in_(in), file_bytes_(file_bytes) {}

  [[nodiscard]] std::uint64_t position() const { return position_; }
  [[nodiscard]] std::uint64_t left() const { return file_bytes_ - position_; }

  /// Errors: unreadable where the file ends before.
  template <typename T>
  [[nodiscard]] Result<T> number() {
    T value{};
    IDI_CHECK(bytes(&value, sizeof value));
    return value;
  }
  /// A text with its length before it. Errors: unreadable where it is longer than `most`, too.
  [[nodiscard]] Result<std::string> text(std::uint64_t most);

 private:
  Status bytes(void* to, std::uint64_t count);

  std::istream& in_;
  std::uint64_t file_bytes_;
  std::uint64_t position_ = 0;
};

/// The error of a file that ends too early.
[[nodiscard]] Error cut_short(std::uint64_t missing_bytes);

}  // namespace idi::gguf
