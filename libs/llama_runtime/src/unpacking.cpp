#include "unpacking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "idi/core/text.hpp"
#include "run_program.hpp"

namespace idi::llama_runtime {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes step_timeout{5};
constexpr const char* files_name = "files";

Error cannot_write(const fs::path& path, const std::error_code& error) {
  return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", path.string()),
                    "Free some space, or make its folder writable.", error.message());
}

/// Programs of llama.cpp, libraries and copyright files; not the documentation, time zones,
/// converters of old character sets, and programs that the packages ask for besides.
bool is_wanted(std::string_view path) {
  if (path.starts_with("usr/bin/")) return path.starts_with("usr/bin/llama-");
  if (path.starts_with("usr/share/doc/")) return path.ends_with("/copyright");
  if (path.starts_with("usr/lib/")) {
    constexpr std::array<std::string_view, 3> unused{"/gconv/", "/engines-3/", "/ossl-modules/"};
    return path.find(".so") != std::string_view::npos &&
           std::ranges::none_of(
               unused, [&](auto folder) { return path.find(folder) != std::string_view::npos; });
  }
  return false;
}

bool is_library(const fs::path& path) {
  return path.filename().string().find(".so") != std::string::npos;
}

Status prune(const fs::path& root) {
  std::error_code error;
  std::vector<fs::path> unwanted, folders;
  for (fs::recursive_directory_iterator entry(root, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory(error) && !entry->is_symlink(error)) {
      folders.push_back(entry->path());
    } else if (!is_wanted(entry->path().lexically_relative(root).string())) {
      unwanted.push_back(entry->path());
    }
  }
  if (error) return cannot_write(root, error);
  for (const auto& path : unwanted) {
    if (!fs::remove(path, error)) return cannot_write(path, error);
  }
  // The deepest first; what still holds something stays.
  std::ranges::reverse(folders);
  for (const auto& folder : folders) {
    if (fs::is_empty(folder, error)) fs::remove(folder, error);
  }
  return {};
}

}  // namespace

Status unpack(const std::vector<fs::path>& archives, const fs::path& prefix,
              const std::stop_token& stop) {
  const fs::path root = prefix / files_name;
  std::error_code error;
  fs::create_directories(root, error);
  if (error) return cannot_write(root, error);
  for (const auto& archive : archives) {
    IDI_TRY(
        const auto unpacked,
        run_program({{"dpkg", "-x", archive.string(), root.string()}, {{"LC_ALL", "C"}}, {}, {}},
                    Deadline::after(step_timeout), stop));
    if (unpacked.good()) continue;
    return make_error(ErrorCode::io_failed,
                      fmt::format("{} cannot be unpacked", archive.filename().string()),
                      "Free some space (300 MB are needed), then try again.",
                      text::to_valid_utf8(text::trim(unpacked.output)));
  }
  return prune(root);
}

Result<Manifest> arrange(const fs::path& prefix) {
  Manifest manifest;
  const fs::path libraries = prefix / files_name / "usr/lib";
  std::vector<fs::path> folders, backends;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(libraries, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    if (!is_library(path)) continue;
    if (path.filename().string().starts_with("ld-linux")) {
      manifest.loader = path.lexically_relative(prefix).string();
    }
    if (path.parent_path().parent_path().filename() == "ggml") backends.push_back(path);
    if (std::ranges::find(folders, path.parent_path()) == folders.end()) {
      folders.push_back(path.parent_path());
    }
  }
  std::ranges::sort(folders);
  for (const auto& folder : folders) {
    manifest.library_folders.push_back(folder.lexically_relative(prefix).string());
  }
  const auto program = [&](const char* name) -> std::string {
    const fs::path path = prefix / files_name / "usr/bin" / name;
    return fs::is_regular_file(path, error) ? path.lexically_relative(prefix).string() : "";
  };
  manifest.server = program("llama-server");
  manifest.quantize = program("llama-quantize");
  if (manifest.server.empty() || manifest.loader.empty() || backends.empty()) {
    return make_error(ErrorCode::unavailable, "llama.cpp's packages hold something else than usual",
                      "docs/runtime.md names other ways to get a llama-server.");
  }
  // ggml looks for them in /usr/lib/…, and beside the running program: that is the loader. It tries
  // each and keeps the one that is fastest on this processor.
  const fs::path beside = (prefix / manifest.loader).parent_path();
  for (const auto& backend : backends) {
    fs::create_symlink(backend.lexically_relative(beside), beside / backend.filename(), error);
    if (error) return cannot_write(beside, error);
  }
  return manifest;
}

Result<std::string> sums_of(const std::vector<std::string>& paths, const fs::path& folder,
                            const std::stop_token& stop) {
  Program program{{"sha256sum", "--"}, {{"LC_ALL", "C"}}, {}, folder.string()};
  program.argv.insert(program.argv.end(), paths.begin(), paths.end());
  IDI_TRY(auto summed, run_program(program, Deadline::after(step_timeout), stop));
  if (summed.good()) return std::move(summed.output);
  return make_error(ErrorCode::unavailable, "sha256sum does not do its work", "",
                    text::to_valid_utf8(text::trim(summed.output)));
}

std::vector<std::string> files_under(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder / files_name, error), end;
       !error && entry != end; entry.increment(error)) {
    if (entry->is_regular_file(error) && !entry->is_symlink(error)) {
      files.push_back(entry->path().lexically_relative(folder).string());
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace idi::llama_runtime
