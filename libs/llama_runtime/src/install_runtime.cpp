#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <system_error>

#include "child.hpp"
#include "idi/core/text.hpp"
#include "idi/llama_runtime/runtime.hpp"
#include "manifest.hpp"
#include "pins.hpp"
#include "private_apt.hpp"
#include "unpacking.hpp"

namespace idi::llama_runtime {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t needed_bytes = std::uintmax_t{300} << 20;

fs::path beside(const fs::path& prefix, const char* ending) {
  fs::path path = prefix;
  path += ending;
  return path;
}

Error io_error(const fs::path& path, const std::string& reason) {
  return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", path.string()),
                    "Free some space, or name a folder that can be written with IDI_RUNTIME.",
                    reason);
}

/// Held while a prefix is changed.
Result<Descriptor> lock(const fs::path& prefix) {
  const fs::path path = beside(prefix, ".lock");
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  for (;;) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (file.get() < 0) return io_error(path, std::strerror(errno));
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) break;
    // Whoever held it before may have removed it: what we hold must be what others will find.
    struct stat held {
    }, named{};
    if (::fstat(file.get(), &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
        held.st_ino == named.st_ino) {
      return file;
    }
  }
  return make_error(ErrorCode::conflict,
                    fmt::format("{} is being changed by another installation", prefix.string()),
                    "Wait until it is done.");
}

/// It may be replaced or removed: not there, empty, or ours.
Status check_ours(const fs::path& prefix) {
  std::error_code error;
  if (!fs::exists(prefix, error) || fs::exists(prefix / manifest_name, error)) return {};
  if (fs::is_directory(prefix, error) && fs::is_empty(prefix, error)) return {};
  return make_error(ErrorCode::unreadable,
                    fmt::format("{} holds something else than a runtime", prefix.string()),
                    "Name another folder with IDI_RUNTIME.");
}

Result<fs::path> usable_prefix(const fs::path& prefix) {
  if (prefix.empty()) {
    return make_error(ErrorCode::io_failed, "there is no home directory",
                      "Set HOME, or IDI_RUNTIME, to a folder that can be written.");
  }
  std::error_code error;
  fs::path absolute = fs::absolute(prefix, error).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  // What apt's configuration, --library-path and the manifest cannot hold.
  if (absolute.string().find_first_of("\"\\:;\n{}") != std::string::npos) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("{} has a character that cannot be used here",
                                  text::to_valid_utf8(absolute.string())),
                      "Name another folder with IDI_RUNTIME.");
  }
  return absolute;
}

/// It stands in a line of apt's sources, where blanks and brackets mean something.
Status check_mirror(const std::string& url) {
  const bool has_host = url.starts_with("http://") || url.starts_with("https://");
  if (url.empty() || (has_host && url.find_first_of(" \t\r\n[]\"'\\") == std::string::npos)) {
    return {};
  }
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("{} is no address of a mirror", text::to_valid_utf8(url)),
                    "Name one like http://deb.debian.org/debian.");
}

/// "llama.cpp-tools_1%3a0.7.0+dfsg-2_amd64.deb"
InstalledPackage package_of(const std::string& file_name, std::string sha256) {
  const auto parts = text::split(fs::path(file_name).stem().string(), '_');
  InstalledPackage package{parts[0], parts.size() > 1 ? parts[1] : "",
                           parts.size() > 2 ? parts[2] : "", std::move(sha256)};
  // apt writes the colon of an epoch so.
  const std::size_t colon = package.version.find("%3a");
  if (colon != std::string::npos) package.version.replace(colon, 3, ":");
  return package;
}

Status write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  return file ? Status() : io_error(path, "");
}

Status exchange(const fs::path& fresh, const fs::path& prefix) {
  std::error_code error;
  if (!fs::exists(prefix, error)) {
    fs::rename(fresh, prefix, error);
    return error ? io_error(prefix, error.message()) : Status();
  }
#ifdef RENAME_EXCHANGE
  // At no time is there none.
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, prefix.c_str(), RENAME_EXCHANGE) == 0) {
    fs::remove_all(fresh, error);
    return {};
  }
#endif
  const fs::path old = beside(prefix, ".old");
  fs::remove_all(old, error);
  fs::rename(prefix, old, error);
  if (!error) fs::rename(fresh, prefix, error);
  if (error) return io_error(prefix, error.message());
  fs::remove_all(old, error);
  return {};
}

Result<Manifest> read_manifest(const fs::path& prefix) {
  std::ifstream file(prefix / manifest_name, std::ios::binary);
  return parse_manifest(std::string{std::istreambuf_iterator<char>(file), {}});
}

/// Not what an older IDI had pinned. Newer versions than any pinned one are kept: they were taken
/// because the pinned ones were not to be had.
bool is_current(const fs::path& prefix) {
  const auto manifest = read_manifest(prefix);
  if (!manifest) return false;
  const Installation& installation = manifest->installation;
  if (!installation.pinned) return true;
  const auto matches = matches_pins(installation.packages, installation.architecture);
  return matches && *matches;
}

class Installing {
 public:
  Installing(fs::path prefix, const std::function<void(const InstallProgress&)>& on_progress,
             std::stop_token stop, const InstallOptions& options)
      : prefix_(std::move(prefix)),
        fresh_(beside(prefix_, ".new")),
        on_progress_(on_progress),
        stop_(std::move(stop)),
        options_(options) {}
  Installing(const Installing&) = delete;
  Installing& operator=(const Installing&) = delete;
  ~Installing() {
    std::error_code error;
    fs::remove_all(fresh_, error);
  }

  Result<Runtime> run() {
    std::error_code error;
    fs::remove_all(fresh_, error);  // of an installation that was killed
    fs::create_directories(fresh_, error);
    if (error) return io_error(fresh_, error.message());
    if (const auto space = fs::space(fresh_, error); !error && space.available < needed_bytes) {
      return io_error(fresh_, fmt::format("only {} MB are free", space.available >> 20));
    }
    IDI_TRY(PrivateApt apt, PrivateApt::open(fresh_ / "apt", stop_));
    IDI_TRY(const std::string mirror, fetch(apt));
    IDI_TRY(auto packages, packages_in(apt));
    IDI_TRY(const bool pinned, matches_pins(packages, apt.architecture()));
    tell("Unpacking", 85);
    IDI_CHECK(unpack(apt.archives(), fresh_, stop_));
    IDI_TRY(Manifest manifest, arrange(fresh_));
    fs::remove_all(fresh_ / "apt", error);
    tell("Trying it out", 95);
    IDI_TRY(std::string version, ask_version(runtime_of(manifest, fresh_), stop_));
    manifest.installation = {std::move(version), mirror, apt.architecture(), pinned,
                             std::move(packages)};
    IDI_CHECK(write_file(fresh_ / manifest_name, to_text(manifest)));
    auto files = files_under(fresh_);
    files.emplace_back(manifest_name);
    IDI_TRY(const std::string sums, sums_of(files, fresh_, stop_));
    IDI_CHECK(write_file(fresh_ / sums_name, sums));
    IDI_CHECK(exchange(fresh_, prefix_));
    tell("Installed", 100);
    return runtime_of(manifest, prefix_);
  }

 private:
  void tell(std::string message, double percent) const {
    if (on_progress_) on_progress_({std::move(message), percent});
  }

  /// The pinned version from any mirror before the newest from the first one. Says which mirror.
  Result<std::string> fetch(PrivateApt& apt) const {
    const auto mirrors = options_.mirror.empty()
                             ? mirrors_of_this_machine()
                             : std::vector<Mirror>{{options_.mirror, debian_keyring}};
    Error first;
    for (const auto& mirror : mirrors) {
      tell(fmt::format("Fetching the package lists from {}", mirror.url), 0);
      const auto updated = apt.update(mirror, !options_.mirror.empty());
      if (updated) {
        IDI_CHECK(download(apt));
        return mirror.url;
      }
      const ErrorCode code = updated.error().code;
      if (code == ErrorCode::cancelled || code == ErrorCode::io_failed) return updated.error();
      if (first.message.empty()) first = updated.error();
    }
    return first;
  }

  Status download(PrivateApt& apt) const {
    const auto on_percent = [this](double percent) {
      tell("Fetching llama.cpp and what it needs", 35 + percent / 2);
    };
    on_percent(0);
    if (const auto pinned = pinned_packages(apt.architecture()); !pinned.empty()) {
      const auto done = apt.download(pinned, on_percent);
      if (done || done.error().code != ErrorCode::not_found) return done;
    }
    const auto newest = apt.download({std::string(wanted_package)}, on_percent);
    if (newest || newest.error().code != ErrorCode::not_found) return newest;
    return make_error(
        ErrorCode::not_supported, fmt::format("Debian has no llama.cpp for {}", apt.architecture()),
        "docs/runtime.md names other ways to get a llama-server.", newest.error().detail);
  }

  Result<std::vector<InstalledPackage>> packages_in(const PrivateApt& apt) const {
    std::vector<std::string> names;
    for (const auto& archive : apt.archives()) names.push_back(archive.filename().string());
    IDI_TRY(const std::string sums, sums_of(names, fresh_ / "apt/archives", stop_));
    std::vector<InstalledPackage> packages;
    for (const auto& line : text::split(sums, '\n')) {
      // "SUM  NAME"
      const std::size_t space = line.find("  ");
      if (space == std::string::npos) continue;
      packages.push_back(package_of(line.substr(space + 2), line.substr(0, space)));
    }
    return packages;
  }

  const fs::path prefix_, fresh_;
  const std::function<void(const InstallProgress&)>& on_progress_;
  const std::stop_token stop_;
  const InstallOptions options_;
};

}  // namespace

Result<Runtime> install_runtime(const fs::path& named,
                                const std::function<void(const InstallProgress&)>& on_progress,
                                std::stop_token stop, const InstallOptions& options) {
  IDI_CHECK(check_mirror(options.mirror));
  IDI_TRY(const fs::path prefix, usable_prefix(named));
  IDI_TRY(const Descriptor held, lock(prefix));
  IDI_CHECK(check_ours(prefix));
  if (!options.again && is_current(prefix) && verify_installation(prefix, stop)) {
    IDI_TRY(const Manifest manifest, read_manifest(prefix));
    return runtime_of(manifest, prefix);
  }
  return Installing(prefix, on_progress, std::move(stop), options).run();
}

Status remove_runtime(const fs::path& named) {
  IDI_TRY(const fs::path prefix, usable_prefix(named));
  std::error_code error;
  if (!fs::exists(prefix, error) && !fs::exists(prefix.parent_path(), error)) return {};
  IDI_TRY(const Descriptor held, lock(prefix));
  IDI_CHECK(check_ours(prefix));
  for (const char* part : {"", ".new", ".old"}) {
    fs::remove_all(beside(prefix, part), error);
    if (error) return io_error(beside(prefix, part), error.message());
  }
  fs::remove(beside(prefix, ".lock"), error);
  return {};
}

}  // namespace idi::llama_runtime
