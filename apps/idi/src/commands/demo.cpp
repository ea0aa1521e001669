#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <system_error>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "idi/demo/demo_database.hpp"
#include "output.hpp"
#include "paths.hpp"
#include "progress_line.hpp"

namespace idi::cli {
namespace {

namespace fs = std::filesystem;

Result<fs::path> destination(const DemoOptions& options) {
  fs::path file = options.file;
  if (file.empty()) {
    if (data_directory().empty()) {
      return make_error(ErrorCode::invalid_argument, "there is no home directory to write in",
                        "Name the file: idi demo create FILE");
    }
    file = data_directory() / "demo" / "shop.sqlite";
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) {
      return make_error(ErrorCode::io_failed,
                        fmt::format("cannot create {}", file.parent_path().string()),
                        "Name another place: idi demo create FILE", error.message());
    }
  }
  std::error_code error;
  if (fs::exists(file, error) && !fs::is_regular_file(file, error)) {
    return make_error(ErrorCode::invalid_argument, fmt::format("{} is no file", file.string()),
                      "Name a file to write: idi demo create FILE");
  }
  if (fs::exists(file, error) && !options.force) {
    return make_error(ErrorCode::conflict, fmt::format("{} is there already", file.string()),
                      "--force replaces it.");
  }
  return file;
}

Result<fs::path> create(const DemoOptions& options, const std::stop_token& stop) {
  IDI_TRY(const fs::path file, destination(options));
  ProgressLine progress(true);
  const auto report = [&](double done) {
    progress.on_progress({engine::Phase::executing, done * 100, "Writing the demo database"});
  };
  IDI_CHECK(demo::write_demo_database(file, report, stop));
  return file;
}

}  // namespace

int run_demo_create(const DemoOptions& options, Interrupt& interrupt) {
  const auto file = create(options, interrupt.begin(std::chrono::milliseconds(2000)));
  interrupt.end();
  if (!file) return print_result(file.error());
  return print_result(fmt::format("{}\n", file->string()));
}

}  // namespace idi::cli
