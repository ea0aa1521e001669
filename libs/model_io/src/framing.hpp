// What both files share: the fixed 64-byte header and the little-endian fields behind it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace idi::model_io {

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

inline constexpr std::size_t frame_bytes = 64;

/// The fixed header. On disk: magic[8], version, body_checksum, file_bytes, count, 28 zero bytes,
/// CRC-32C of the 60 bytes before it.
struct Frame {
  std::uint32_t version = 0;
  std::uint32_t body_checksum = 0;  ///< CRC-32C of everything after the header.
  std::uint64_t file_bytes = 0;
  std::uint64_t count = 0;
};

[[nodiscard]] std::array<std::byte, frame_bytes> encode_frame(std::string_view magic,
                                                              const Frame& frame);
/// Checks all of it against the file, its body included, and returns it. Throws FormatError whose
/// text starts with `path` and names the file as `what` ("weights file").
[[nodiscard]] Frame check_frame(std::span<const std::byte> file, std::string_view magic,
                                std::uint32_t version, const std::string& path,
                                std::string_view what);

/// Growing bytes.
class ByteSink {
 public:
  template <typename T>
  void fixed(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto* raw = reinterpret_cast<const std::byte*>(&value);
    bytes_.insert(bytes_.end(), raw, raw + sizeof(T));
  }
  /// LEB128: seven bits a byte, lowest first.
  void varint(std::uint64_t value);
  void raw(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  /// Length as u64, then the bytes.
  void text(std::string_view text);
  /// Count, then key and text of each.
  void texts(const std::map<std::string, std::string>& texts);
  void pad_to(std::size_t multiple);
  void clear() { bytes_.clear(); }
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  std::vector<std::byte> bytes_;
};

/// Reads what ByteSink wrote. Every member throws FormatError(corrupt) rather than pass the end.
class ByteSource {
 public:
  ByteSource(std::span<const std::byte> bytes, std::string path)
      : bytes_(bytes), path_(std::move(path)) {}

  template <typename T>
  [[nodiscard]] T fixed() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  [[nodiscard]] std::uint64_t varint();
  /// A varint that must be below `limit`.
  [[nodiscard]] std::uint64_t varint_below(std::uint64_t limit, const char* what);
  [[nodiscard]] std::span<const std::byte> take(std::uint64_t size);
  [[nodiscard]] std::string_view text();
  [[nodiscard]] std::map<std::string, std::string> texts();
  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] std::size_t remaining() const { return bytes_.size() - position_; }
  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::span<const std::byte> bytes_;
  std::size_t position_ = 0;
  std::string path_;
};

}  // namespace idi::model_io
