#include "xlsx_check.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "idi/core/text.hpp"

namespace idi::table_file {
namespace {

constexpr std::size_t end_record_bytes = 22;
constexpr std::size_t directory_entry_bytes = 46;
constexpr std::size_t local_header_bytes = 30;
constexpr std::size_t piece_bytes = 64 << 10;
/// Of an unpacked part at each end: more than any first or last tag.
constexpr std::size_t kept_bytes = 2'000;

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
  file.clear();
  file.seekg(at);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

/// The beginning and the end of a part.
struct Ends {
  std::string first;
  std::string last;

  void add(std::string_view piece) {
    first += piece.substr(0, kept_bytes - std::min(kept_bytes, first.size()));
    last += piece.substr(piece.size() - std::min(kept_bytes, piece.size()));
    if (last.size() > kept_bytes) last.erase(0, last.size() - kept_bytes);
  }
};

/// Closed in any case.
class Inflater {
 public:
  Inflater() { ready_ = inflateInit2(&stream_, -MAX_WBITS) == Z_OK; }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }

  /// nullopt: not a whole stream.
  std::optional<Ends> unpack(std::ifstream& file, std::int64_t at, std::size_t packed_bytes) {
    if (!ready_) return std::nullopt;
    Ends ends;
    for (std::size_t done = 0; done < packed_bytes;) {
      std::string packed = read_at(file, at + static_cast<std::int64_t>(done),
                                   std::min(piece_bytes, packed_bytes - done));
      if (packed.empty()) return std::nullopt;
      done += packed.size();
      stream_.next_in = reinterpret_cast<Bytef*>(packed.data());
      stream_.avail_in = static_cast<uInt>(packed.size());
      while (stream_.avail_in > 0) {
        std::string piece(piece_bytes, '\0');
        stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream_.avail_out = static_cast<uInt>(piece.size());
        const int code = inflate(&stream_, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END) return std::nullopt;
        ends.add(std::string_view(piece).substr(0, piece.size() - stream_.avail_out));
        if (code == Z_STREAM_END) return ends;
      }
    }
    return std::nullopt;
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

/// "<?xml …?>\n<name …>…</name>"
bool is_whole_xml(const Ends& ends) {
  const std::size_t begin = ends.first.find("?>\n<");
  if (begin == std::string::npos) return false;
  const std::string_view rest = std::string_view(ends.first).substr(begin + 4);
  const std::string name(rest.substr(0, rest.find_first_of(" />")));
  return !name.empty() && text::trim(ends.last).ends_with("</" + name + ">");
}

}  // namespace

bool is_whole_xlsx(const std::filesystem::path& archive) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(archive, failed);
  if (failed || size < end_record_bytes) return false;
  std::ifstream file(archive, std::ios::binary);
  const std::string end =
      read_at(file, static_cast<std::int64_t>(size - end_record_bytes), end_record_bytes);
  if (end.size() != end_record_bytes || !end.starts_with("PK\5\6")) return false;
  const std::size_t directory_bytes = number_at(end, 12, 4);
  if (directory_bytes > size) return false;
  const std::string directory = read_at(file, number_at(end, 16, 4), directory_bytes);
  std::uint32_t parts = 0;
  for (std::size_t at = 0; at + directory_entry_bytes <= directory.size(); ++parts) {
    const std::string_view entry = std::string_view(directory).substr(at);
    if (!entry.starts_with("PK\1\2")) return false;
    const std::int64_t header_at = number_at(entry, 42, 4);
    const std::string header = read_at(file, header_at, local_header_bytes);
    if (header.size() != local_header_bytes) return false;
    const std::int64_t content_at =
        header_at + local_header_bytes + number_at(header, 26, 2) + number_at(header, 28, 2);
    const auto ends = Inflater().unpack(file, content_at, number_at(entry, 20, 4));
    if (!ends || !is_whole_xml(*ends)) return false;
    at += directory_entry_bytes + number_at(entry, 28, 2) + number_at(entry, 30, 2) +
          number_at(entry, 32, 2);
  }
  return parts > 0 && parts == number_at(end, 10, 2);
}

}  // namespace idi::table_file
