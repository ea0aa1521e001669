#include "utf8_joiner.hpp"

#include <algorithm>
#include <utility>

#include "idi/core/text.hpp"

namespace idi::llm {
namespace {

std::size_t length_by_lead(unsigned char byte) {
  if (byte >= 0xF0 && byte <= 0xF4) return 4;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  return 1;
}

/// Bytes at the end that may be the beginning of a character. A lead byte is never inside another
/// character, so that replacing bytes before it gives the same as replacing them in the whole.
std::size_t unfinished_bytes(std::string_view bytes) {
  for (std::size_t count = 1; count <= std::min<std::size_t>(3, bytes.size()); ++count) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - count]);
    if ((byte & 0xC0) != 0x80) return length_by_lead(byte) > count ? count : 0;
  }
  return 0;
}

}  // namespace

std::string Utf8Joiner::feed(std::string_view bytes) {
  std::string all = std::exchange(held_, {});
  all += bytes;
  const std::size_t held = unfinished_bytes(all);
  held_ = all.substr(all.size() - held);
  all.resize(all.size() - held);
  return text::to_valid_utf8(all);
}

std::string Utf8Joiner::finish() { return text::to_valid_utf8(std::exchange(held_, {})); }

}  // namespace idi::llm
