#include "preparation.hpp"

#include <fmt/format.h>

#include <system_error>

namespace idi::eval {

Status check_options(const EvalOptions& options) {
  if (options.jobs < 1 || options.jobs > max_jobs) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("{} jobs cannot be run", options.jobs),
                      fmt::format("choose from 1 to {}", max_jobs));
  }
  if (options.limit && *options.limit == 0) {
    return make_error(ErrorCode::invalid_argument, "a limit of 0 questions leaves none",
                      "leave the limit out to ask all");
  }
  if (options.query_timeout.count() <= 0) {
    return make_error(ErrorCode::invalid_argument, "the query timeout must be more than 0 ms");
  }
  return {};
}

Status make_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (std::filesystem::is_directory(folder)) return {};
  return make_error(ErrorCode::io_failed, "cannot make the report folder " + folder.string(),
                    "name another folder, or check its permissions", failure.message());
}

Result<dataset::SpiderTables> read_tables(const EvalOptions& options) {
  if (!options.tables) return dataset::SpiderTables{};
  return dataset::SpiderTables::read(*options.tables);
}

}  // namespace idi::eval
