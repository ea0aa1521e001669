#include "idi/demo/demo_database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <system_error>

#include "idi/core/text.hpp"
#include "stages.hpp"
#include "tables.hpp"

namespace idi::demo {
namespace {

constexpr std::uint64_t catalog_seed = 20'220'101;
constexpr std::uint64_t people_seed = 20'230'415;
constexpr std::uint64_t sales_seed = 20'241'231;
/// What the sales take of the whole time; the indices come after them.
constexpr double sales_share = 0.85;

std::string name_of(const std::filesystem::path& path) {
  return text::to_valid_utf8(path.string());
}

// Removes the unfinished file unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& beside)
      : path_(beside.string() + fmt::format(".partial-{}", ::getpid())) {
    remove();
  }
  ~TemporaryFile() { remove(); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  void remove() const {
    std::error_code ignored;  // Not there: as it should be.
    std::filesystem::remove(path_, ignored);
  }
  std::filesystem::path path_;
};

Status check_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder =
      path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    return make_error(ErrorCode::not_found, fmt::format("There is no folder {}", name_of(folder)),
                      "Make it first, or name another place.");
  }
  if (std::filesystem::is_directory(path, error)) {
    return make_error(ErrorCode::io_failed, fmt::format("{} is a folder", name_of(path)),
                      "Name a file in it.");
  }
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) != 0) {
    return make_error(ErrorCode::io_failed,
                      fmt::format("The folder {} may not be written", name_of(folder)),
                      "Name a place that you may write.");
  }
  return {};
}

Status write_all(const std::filesystem::path& path, const ProgressCallback& progress,
                 const std::stop_token& stop) {
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::create;
  IDI_TRY(sqlite::Connection connection, sqlite::Connection::open(path, options));
  const auto report = [&](double fraction) -> Status {
    if (stop.stop_requested()) return make_error(ErrorCode::cancelled, "Stopped on request");
    if (progress) progress(fraction);
    return {};
  };
  // Nobody sees the file before it is renamed: no journal, one sync at the end.
  IDI_CHECK(
      connection.execute("PRAGMA journal_mode=OFF; PRAGMA page_size=4096; PRAGMA "
                         "cache_size=-65536; PRAGMA synchronous=FULL; BEGIN"));
  IDI_CHECK(report(0));
  Shop shop;
  Random catalog(catalog_seed);
  add_catalog(catalog, shop);
  add_stores(shop);
  Random people(people_seed);
  add_employees(people, shop);
  add_customers(people, shop);
  IDI_CHECK(create_tables(connection));
  IDI_CHECK(write_shop(connection, shop));
  IDI_CHECK(write_sales(connection, shop, sales_seed,
                        [&](double days) { return report(days * sales_share); }));
  IDI_CHECK(create_indices(connection));
  IDI_CHECK(report(1 - (1 - sales_share) / 2));
  return connection.execute("COMMIT");
}

}  // namespace

Status write_demo_database(const std::filesystem::path& path, const ProgressCallback& progress,
                           const std::stop_token& stop) {
  IDI_CHECK(check_folder(path));
  const TemporaryFile temporary(path);
  if (const Status written = write_all(temporary.path(), progress, stop); !written) {
    if (written.error().code == ErrorCode::cancelled) return written;
    return written.error().with_context("Writing the demo database failed");
  }
  std::error_code error;
  std::filesystem::rename(temporary.path(), path, error);
  if (error) {
    return make_error(ErrorCode::io_failed, fmt::format("{} cannot be replaced", name_of(path)),
                      "Name another place.", error.message());
  }
  if (progress) progress(1);
  return {};
}

}  // namespace idi::demo
