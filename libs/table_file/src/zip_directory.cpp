#include "zip_directory.hpp"

#include <fstream>
#include <string>

namespace idi::table_file {
namespace {

constexpr std::size_t end_record_bytes = 22;
constexpr std::size_t entry_bytes = 46;

/// Little-endian. REQUIRES: at + size <= bytes.size().
std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = size; i-- > 0;) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

std::string read_at(std::ifstream& file, std::int64_t at, std::size_t size) {
  std::string bytes(size, '\0');
  file.seekg(at);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

}  // namespace

std::optional<std::int64_t> unpacked_size_in_zip(const std::filesystem::path& archive,
                                                 std::string_view entry) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(archive, failed);
  if (failed || size < end_record_bytes) return std::nullopt;
  std::ifstream file(archive, std::ios::binary);
  const std::string end =
      read_at(file, static_cast<std::int64_t>(size - end_record_bytes), end_record_bytes);
  if (end.size() != end_record_bytes || !end.starts_with("PK\5\6")) return std::nullopt;
  const std::string directory = read_at(file, number_at(end, 16, 4), number_at(end, 12, 4));
  for (std::size_t at = 0; at + entry_bytes <= directory.size();) {
    const std::string_view rest = std::string_view(directory).substr(at);
    if (!rest.starts_with("PK\1\2")) return std::nullopt;
    const std::size_t name_bytes = number_at(rest, 28, 2);
    if (rest.substr(entry_bytes, name_bytes) == entry) return number_at(rest, 24, 4);
    at += entry_bytes + name_bytes + number_at(rest, 30, 2) + number_at(rest, 32, 2);
  }
  return std::nullopt;
}

}  // namespace idi::table_file
