#include "paths.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace idi::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* weights_name = "idi-parser.bin";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// The XDG specification: a relative path is not valid and is to be ignored.
fs::path base_directory(const char* variable, const char* under_home) {
  const fs::path named = environment(variable);
  if (named.is_absolute()) return named / "idi";
  const fs::path home = environment("HOME");
  return home.is_absolute() ? home / under_home / "idi" : fs::path();
}

fs::path program_directory() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path();
}

}  // namespace

fs::path cache_directory() { return base_directory("XDG_CACHE_HOME", ".cache"); }
fs::path data_directory() { return base_directory("XDG_DATA_HOME", ".local/share"); }
fs::path state_directory() { return base_directory("XDG_STATE_HOME", ".local/state"); }

fs::path model_folder() {
  const fs::path data = data_directory();
  return data.empty() ? data : data / "models";
}

Status ensure_writable(const fs::path& directory) {
  if (directory.empty()) {
    return make_error(ErrorCode::io_failed, "there is no home directory",
                      "Set HOME, or XDG_CACHE_HOME, to a folder that can be written.");
  }
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) {
    return make_error(ErrorCode::io_failed, fmt::format("cannot create {}", directory.string()),
                      "Set XDG_CACHE_HOME to a folder that can be written.", error.message());
  }
  // Permission bits say little (read-only mounts, root, quotas): only writing shows it.
  const fs::path probe = directory / fmt::format(".probe-{}", ::getpid());
  std::FILE* file = std::fopen(probe.c_str(), "wx");
  const bool written = file && std::fputs("idi\n", file) >= 0;
  const bool closed = file && std::fclose(file) == 0;
  const int reason = errno;
  fs::remove(probe, error);
  if (written && closed) return {};
  return make_error(ErrorCode::io_failed, fmt::format("cannot write in {}", directory.string()),
                    "Free some space, or set XDG_CACHE_HOME to a folder that can be written.",
                    std::strerror(reason));
}

std::vector<fs::path> weights_places() {
  std::vector<fs::path> places;
  if (const std::string named = environment("IDI_PARSER"); !named.empty())
    places.emplace_back(named);
  if (const fs::path program = program_directory(); !program.empty()) {
    places.push_back((program / "../share/idi/models" / weights_name).lexically_normal());
  }
  if (const fs::path data = data_directory(); !data.empty()) {
    places.push_back(data / "models" / weights_name);
  }
  if (const fs::path program = program_directory(); !program.empty()) {
    places.push_back((program / "../../models" / weights_name).lexically_normal());
  }
  return places;
}

Result<fs::path> find_weights(const std::string& chosen) {
  if (!chosen.empty()) return fs::path(chosen);
  const auto places = weights_places();
  // A file that IDI_PARSER names is meant, even if it is missing: opening it says so.
  if (!environment("IDI_PARSER").empty()) return places.front();
  std::error_code error;
  std::string looked;
  for (const auto& place : places) {
    if (fs::exists(place, error)) return place;
    looked += "\n  " + place.string();
  }
  return make_error(
      ErrorCode::not_found, "the parser's weights are missing",
      fmt::format("Name the file with --parser or IDI_PARSER, or put it in one of the "
                  "usual places:{}",
                  looked));
}

}  // namespace idi::cli
