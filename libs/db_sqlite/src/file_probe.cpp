#include "file_probe.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "fnv_hash.hpp"
#include "idi/core/text.hpp"

namespace idi::db_sqlite {
namespace {

// File format: https://www.sqlite.org/fileformat2.html#the_database_header
constexpr std::string_view magic("SQLite format 3\0", 16);
constexpr std::size_t header_bytes = 100;
constexpr int sampled_pages = 16;

std::string name_of(const std::filesystem::path& path) {
  return text::to_valid_utf8(path.string());
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::int64_t page_size_of(std::string_view header) {
  const std::uint32_t stored = big_endian(header, 16, 2);
  return stored == 1 ? 65536 : stored;
}

}  // namespace

std::string file_stamp(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "none";
  return fmt::format("{}.{}.{}", status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

Status check_file(const std::filesystem::path& path) {
  std::error_code status_error;
  const auto status = std::filesystem::status(path, status_error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return make_error(ErrorCode::not_found, fmt::format("There is no file {}", name_of(path)),
                      "Check the path; a relative path starts at the current folder.");
  }
  if (status_error) {
    return make_error(ErrorCode::unreadable, fmt::format("{} cannot be read", name_of(path)),
                      "Check that you may enter its folder.", status_error.message());
  }
  if (std::filesystem::is_directory(status)) {
    return make_error(ErrorCode::unreadable, fmt::format("{} is a folder", name_of(path)),
                      "Name the database file in it.");
  }
  if (!std::filesystem::is_regular_file(status)) {
    return make_error(ErrorCode::unreadable, fmt::format("{} is not a file", name_of(path)),
                      "Name a database file.");
  }
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0) {
    return make_error(ErrorCode::unreadable,
                      fmt::format("{} may not be read: permission denied", name_of(path)),
                      "Ask its owner for read permission, or run as a user that has it.");
  }
  if (std::filesystem::file_size(path, status_error) == 0 && !status_error) {
    return make_error(ErrorCode::unreadable, fmt::format("{} is empty (0 bytes)", name_of(path)),
                      "Check the path, or restore the file from a backup.");
  }
  return {};
}

Status check_header(sqlite::Connection& connection) {
  IDI_TRY(const std::string header, connection.read_raw(0, header_bytes));
  const std::string name = name_of(connection.path());
  if (!std::string_view(header).starts_with(magic)) {
    return make_error(ErrorCode::unreadable,
                      fmt::format("{} is not a SQLite database, or is encrypted", name),
                      "Check the path; an encrypted database has to be decrypted first.");
  }
  if (header.size() < header_bytes) {
    return make_error(ErrorCode::unreadable,
                      fmt::format("{} is cut short: {} bytes are left", name, header.size()),
                      "Copy or download it again, or restore it from a backup.");
  }
  const std::int64_t page_size = page_size_of(header);
  if (page_size < 512 || !std::has_single_bit(static_cast<std::uint64_t>(page_size))) {
    return make_error(ErrorCode::unreadable,
                      fmt::format("{} is damaged (page size {})", name, page_size),
                      "Restore it from a backup, or save what is left with: sqlite3 FILE .recover");
  }
  // The page count is only valid if the version-valid-for number equals the change counter. With
  // a -wal file the newest pages may be there.
  const bool count_is_valid = big_endian(header, 24, 4) == big_endian(header, 92, 4);
  const std::int64_t pages = big_endian(header, 28, 4);
  std::filesystem::path wal = connection.path();
  wal += "-wal";
  std::error_code size_error;
  const auto size = std::filesystem::file_size(connection.path(), size_error);
  if (count_is_valid && pages > 0 && !size_error && !std::filesystem::exists(wal, size_error) &&
      static_cast<std::int64_t>(size) < pages * page_size) {
    return make_error(
        ErrorCode::unreadable,
        fmt::format("{} is cut short: {} of {} bytes are there", name, size, pages * page_size),
        "Copy or download it again, or restore it from a backup.");
  }
  return {};
}

Result<std::string> file_fingerprint(sqlite::Connection& connection) {
  std::filesystem::path wal = connection.path();
  wal += "-wal";
  FnvHash hash;
  IDI_TRY(const std::string header, connection.read_raw(0, header_bytes));
  hash.add(header);
  if (header.size() == header_bytes) {
    std::error_code size_error;
    const auto size = std::filesystem::file_size(connection.path(), size_error);
    const std::int64_t page_size = page_size_of(header);
    const std::int64_t pages = size_error || page_size == 0 ? 0 : std::int64_t(size) / page_size;
    for (int sample = 0; sample < sampled_pages && pages > 0; ++sample) {
      const std::int64_t page = pages * sample / sampled_pages;
      IDI_TRY(const std::string bytes,
              connection.read_raw(page * page_size, static_cast<std::size_t>(page_size)));
      hash.add(bytes);
    }
  }
  return fmt::format("{}-{}-{:016x}", file_stamp(connection.path()), file_stamp(wal), hash.value());
}

}  // namespace idi::db_sqlite
