#include <fmt/format.h>

#include <system_error>

#include "idi/core/assert.hpp"
#include "idi/sqlite/connection.hpp"
#include "idi/synth/invent.hpp"

namespace idi::synth {
namespace {

Status write_database(const std::filesystem::path& folder, const std::string& name,
                      std::uint64_t seed) {
  const std::filesystem::path own = folder / name;
  const std::filesystem::path file = own / (name + ".sqlite");
  std::error_code failure;
  std::filesystem::create_directories(own, failure);
  if (!failure) std::filesystem::remove(file, failure);
  if (failure) {
    return make_error(ErrorCode::io_failed, "cannot write into " + own.string(),
                      "check that the folder may be written", failure.message());
  }
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::create;
  IDI_TRY(sqlite::Connection connection, sqlite::Connection::open(file, options));
  IDI_CHECK(connection.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN"));
  IDI_CHECK(connection.execute(invent_database(seed)));
  return connection.execute("COMMIT");
}

}  // namespace

Result<std::vector<std::string>> write_invented_databases(const std::filesystem::path& folder,
                                                          int count, std::uint64_t seed,
                                                          std::stop_token stop) {
  IDI_ASSERT(count >= 0 && count <= max_invented);
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) {
    if (stop.stop_requested()) return make_error(ErrorCode::cancelled, "stopped");
    // Seeds of neighbouring runs must not meet.
    const std::uint64_t own = seed * max_invented + static_cast<std::uint64_t>(i);
    names.push_back(fmt::format("invented_{}", own));
    IDI_CHECK(write_database(folder, names.back(), own));
  }
  return names;
}

}  // namespace idi::synth
