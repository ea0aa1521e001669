#include "byte_reader.hpp"

#include <fmt/format.h>

namespace idi::gguf {

Error cut_short(std::uint64_t missing_bytes) {
  return make_error(
      ErrorCode::unreadable,
      fmt::format("the file is cut short: at least {} bytes are missing", missing_bytes),
      "Fetch it again.");
}

Status ByteReader::bytes(void* to, std::uint64_t count) {
  if (count > left()) return cut_short(count - left());
  in_.read(static_cast<char*>(to), static_cast<std::streamsize>(count));
  if (!in_) return make_error(ErrorCode::unreadable, "the file cannot be read");
  position_ += count;
  return {};
}

Result<std::string> ByteReader::text(std::uint64_t most) {
  IDI_TRY(const std::uint64_t length, number<std::uint64_t>());
  if (length > most) {
    return make_error(ErrorCode::unreadable,
                      fmt::format("a text of {} bytes at byte {}: no model's file has such a one",
                                  length, position_));
  }
  if (length > left()) return cut_short(length - left());
  std::string value(static_cast<std::size_t>(length), '\0');
  IDI_CHECK(bytes(value.data(), length));
  return value;
}

}  // namespace idi::gguf
