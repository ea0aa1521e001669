#include "framing.hpp"

#include <algorithm>

#include "crc32c.hpp"
#include "idi/model_io/format_error.hpp"

namespace idi::model_io {
namespace {

constexpr std::size_t magic_bytes = 8;
constexpr std::size_t checksum_offset = frame_bytes - sizeof(std::uint32_t);

template <typename T>
T read_at(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

template <typename T>
void write_at(std::span<std::byte> bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(T));
}

}  // namespace

std::array<std::byte, frame_bytes> encode_frame(std::string_view magic, const Frame& frame) {
  std::array<std::byte, frame_bytes> bytes{};
  std::memcpy(bytes.data(), magic.data(), magic_bytes);
  write_at(bytes, 8, frame.version);
  write_at(bytes, 12, frame.body_checksum);
  write_at(bytes, 16, frame.file_bytes);
  write_at(bytes, 24, frame.count);
  write_at(bytes, checksum_offset, crc32c(std::span(bytes).first(checksum_offset)));
  return bytes;
}

Frame check_frame(std::span<const std::byte> file, std::string_view magic, std::uint32_t version,
                  const std::string& path, std::string_view what) {
  const auto fail = [&](FormatError::Kind kind, const std::string& reason) {
    throw FormatError(kind, path + ": " + reason);
  };
  const std::string name(what);
  if (file.size() < magic_bytes || std::memcmp(file.data(), magic.data(), magic_bytes) != 0)
    fail(FormatError::Kind::unreadable, "not an IDI " + name);
  if (file.size() < frame_bytes) fail(FormatError::Kind::corrupt, "the " + name + " is cut short");
  Frame frame;
  frame.version = read_at<std::uint32_t>(file, 8);
  frame.body_checksum = read_at<std::uint32_t>(file, 12);
  frame.file_bytes = read_at<std::uint64_t>(file, 16);
  frame.count = read_at<std::uint64_t>(file, 24);
  // Before the checksum: another version may have another header.
  if (frame.version != version)
    fail(FormatError::Kind::wrong_version, "format version " + std::to_string(frame.version) +
                                               "; this program reads version " +
                                               std::to_string(version));
  if (read_at<std::uint32_t>(file, checksum_offset) != crc32c(file.first(checksum_offset)))
    fail(FormatError::Kind::corrupt, "the header is damaged (checksum)");
  if (frame.file_bytes != file.size())
    fail(FormatError::Kind::corrupt,
         "the " + name + " is " + (file.size() < frame.file_bytes ? "cut short" : "too long") +
             ": " + std::to_string(file.size()) + " bytes instead of " +
             std::to_string(frame.file_bytes));
  if (frame.body_checksum != crc32c(file.subspan(frame_bytes)))
    fail(FormatError::Kind::corrupt, "the " + name + " is damaged (checksum)");
  return frame;
}

void ByteSink::varint(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_.push_back(static_cast<std::byte>((value & 0x7FU) | 0x80U));
    value >>= 7;
  }
  bytes_.push_back(static_cast<std::byte>(value));
}

void ByteSink::text(std::string_view text) {
  fixed<std::uint64_t>(text.size());
  raw(std::as_bytes(std::span(text)));
}

void ByteSink::texts(const std::map<std::string, std::string>& texts) {
  fixed<std::uint64_t>(texts.size());
  for (const auto& [key, value] : texts) {
    text(key);
    text(value);
  }
}

void ByteSink::pad_to(std::size_t multiple) {
  bytes_.resize((bytes_.size() + multiple - 1) / multiple * multiple);
}

std::uint64_t ByteSource::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto byte = fixed<std::uint8_t>();
    if (shift == 63 && byte > 1) break;
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0) return value;
  }
  fail("a number is too long");
}

std::uint64_t ByteSource::varint_below(std::uint64_t limit, const char* what) {
  const std::uint64_t value = varint();
  if (value >= limit)
    fail(std::string(what) + " " + std::to_string(value) + " is not below " +
         std::to_string(limit));
  return value;
}

std::span<const std::byte> ByteSource::take(std::uint64_t size) {
  if (size > remaining()) fail("it ends in the middle of an entry");
  const auto taken = bytes_.subspan(position_, static_cast<std::size_t>(size));
  position_ += taken.size();
  return taken;
}

std::string_view ByteSource::text() {
  const auto bytes = take(fixed<std::uint64_t>());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::map<std::string, std::string> ByteSource::texts() {
  std::map<std::string, std::string> result;
  const auto count = fixed<std::uint64_t>();
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string key(text());
    std::string value(text());
    if (!result.emplace(std::move(key), std::move(value)).second) fail("a key appears twice");
  }
  return result;
}

void ByteSource::fail(const std::string& what) const {
  throw FormatError(FormatError::Kind::corrupt, path_ + ": damaged: " + what);
}

}  // namespace idi::model_io
