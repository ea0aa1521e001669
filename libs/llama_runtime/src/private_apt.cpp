#include "private_apt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <system_error>

#include "idi/core/text.hpp"
#include "run_program.hpp"

namespace idi::llama_runtime {
namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;

constexpr const char* other_ways =
    "Install llama.cpp another way and have llama-server on PATH, or name it with "
    "IDI_LLAMA_SERVER: docs/runtime.md names packages for other systems.";

/// Words that are parsed are wanted in English.
const std::vector<std::pair<std::string, std::string>> plain_language{{"LC_ALL", "C.UTF-8"},
                                                                      {"LANGUAGE", "C"}};

Status write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return {};
  return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", path.string()),
                    "Free some space, or make its folder writable.");
}

/// apt's complaints, without what repeats them.
std::string complaints_in(const std::string& output) {
  std::vector<std::string> complaints;
  for (const auto& line : text::split(output, '\n')) {
    if ((line.starts_with("E:") || line.starts_with("W:") || line.starts_with("Err:")) &&
        std::ranges::find(complaints, line) == complaints.end()) {
      complaints.push_back(line);
    }
  }
  return text::to_valid_utf8(text::join(complaints, "\n"));
}

bool contains_any(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words,
                             [&](auto word) { return text.find(word) != std::string::npos; });
}

Error explained(const std::string& output, std::string message) {
  if (contains_any(output, {"No space left", "enough free space"})) {
    return make_error(ErrorCode::io_failed, "the disk is full",
                      "Free some space (300 MB are needed), then try again.",
                      complaints_in(output));
  }
  std::string hint =
      "Look at the network (and at the proxy in /etc/apt/apt.conf.d), then try again.";
  if (contains_any(output, {"NO_PUBKEY", "not signed", "invalid signature", "BADSIG"})) {
    message += ": its signature cannot be verified";
    hint = "Nothing was installed. Install a newer debian-archive-keyring, or name another mirror.";
  }
  return make_error(ErrorCode::unavailable, std::move(message), std::move(hint),
                    complaints_in(output));
}

}  // namespace

Result<PrivateApt> PrivateApt::open(const fs::path& folder, std::stop_token stop) {
  const auto asked = run_program({{"dpkg", "--print-architecture"}, plain_language, {}, {}},
                                 Deadline::after(minutes(1)), stop);
  if (!asked && asked.error().code == ErrorCode::cancelled) return asked.error();
  const auto apt = run_program({{"apt-get", "--version"}, plain_language, {}, {}},
                               Deadline::after(minutes(1)), stop);
  if (!asked || !asked->good() || !apt || !apt->good()) {
    return make_error(ErrorCode::not_supported, "this system has no apt-get and dpkg", other_ways);
  }
  std::error_code error;
  for (const char* part : {"lists/partial", "archives/partial", "log"}) {
    fs::create_directories(folder / part, error);
    if (error) {
      return make_error(ErrorCode::io_failed, fmt::format("cannot create {}", folder.string()),
                        "Free some space, or make its folder writable.", error.message());
    }
  }
  IDI_CHECK(write_file(folder / "status", ""));
  return PrivateApt(folder, std::string(text::trim(asked->output)), std::move(stop));
}

Status PrivateApt::configure(bool of_the_past) const {
  // Read after the system's own files, of which only the network's settings are wanted: proxies,
  // credentials, certificates.
  const std::string at = folder_.string();
  return write_file(
      folder_ / "apt.conf",
      fmt::format(R"(
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Update::Post-Invoke-Stats;
#clear APT::Default-Release;
#clear APT::Architectures;
#clear DPkg::Pre-Invoke;
#clear DPkg::Pre-Install-Pkgs;
#clear DPkg::Post-Invoke;
#clear Acquire::IndexTargets;
APT::Architecture "{1}";
APT::Architectures {{ "{1}"; }};
APT::Install-Recommends "false";
APT::Install-Suggests "false";
APT::Get::AllowUnauthenticated "false";
APT::Update::Error-Mode "any";
APT::Sandbox::User "root";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowDowngradeToInsecureRepositories "false";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Acquire::IndexTargets::deb::Packages::MetaKey "$(COMPONENT)/binary-$(ARCHITECTURE)/Packages";
Acquire::IndexTargets::deb::Packages::ShortDescription "Packages";
Acquire::IndexTargets::deb::Packages::Description "$(RELEASE)/$(COMPONENT) $(ARCHITECTURE) Packages";
Acquire::IndexTargets::deb::Packages::Optional "false";
{2}Dir::State "{0}";
Dir::State::lists "{0}/lists";
Dir::State::status "{0}/status";
Dir::State::extended_states "{0}/extended_states";
Dir::Cache "{0}";
Dir::Cache::archives "{0}/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Etc::sourcelist "{0}/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "{0}/status";
Dir::Etc::preferencesparts "-";
Dir::Log "{0}/log";
)",
                  at, architecture_, of_the_past ? "Acquire::Check-Valid-Until \"false\";\n" : ""));
}

Status PrivateApt::update(const Mirror& mirror, bool of_the_past) {
  std::error_code error;
  if (!fs::is_regular_file(mirror.keyring, error)) {
    return make_error(
        ErrorCode::not_supported,
        fmt::format("{} is not there: Debian's packages cannot be verified", mirror.keyring),
        std::string("Install debian-archive-keyring. ") + other_ways);
  }
  IDI_CHECK(configure(of_the_past));
  IDI_CHECK(write_file(folder_ / "sources.list",
                       fmt::format("deb [arch={} signed-by={}] {} {} main\n", architecture_,
                                   mirror.keyring, mirror.url, suite)));
  IDI_TRY(const auto updated,
          run_program({{"apt-get", "-q", "-c", (folder_ / "apt.conf").string(), "update"},
                       plain_language,
                       {"APT_CONFIG="},
                       {}},
                      Deadline::after(minutes(10)), stop_));
  if (updated.good()) return {};
  return explained(updated.output,
                   fmt::format("the package lists of {} cannot be fetched", mirror.url));
}

Status PrivateApt::download(const std::vector<std::string>& packages,
                            const std::function<void(double percent)>& on_percent) {
  Program program{{"apt-get", "-q", "-y", "-c", (folder_ / "apt.conf").string(), "-o",
                   "APT::Status-Fd=1", "--download-only", "--no-install-recommends", "install"},
                  plain_language,
                  {"APT_CONFIG="},
                  {}};
  program.argv.insert(program.argv.end(), packages.begin(), packages.end());
  const auto on_line = [&](std::string_view line) {
    // "dlstatus:FILE:PERCENT:WORDS"
    if (!line.starts_with("dlstatus:")) return;
    const auto fields = text::split(line, ':');
    double percent = 0;
    if (fields.size() < 3) return;
    const auto& number = fields[2];
    std::from_chars(number.data(), number.data() + number.size(), percent);
    if (percent >= 0 && percent <= 100) on_percent(percent);
  };
  IDI_TRY(const auto downloaded,
          run_program(program, Deadline::after(minutes(30)), stop_, on_line));
  if (downloaded.good()) return {};
  if (contains_any(downloaded.output, {"was not found", "Unable to locate package"})) {
    return make_error(ErrorCode::not_found, "the archive does not have the version", "",
                      complaints_in(downloaded.output));
  }
  return explained(downloaded.output, "llama.cpp's packages cannot be fetched");
}

std::vector<fs::path> PrivateApt::archives() const {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder_ / "archives", error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".deb") found.push_back(entry->path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace idi::llama_runtime
