#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

#include "idi/core/text.hpp"
#include "idi/llama_runtime/runtime.hpp"
#include "manifest.hpp"
#include "run_program.hpp"

namespace idi::llama_runtime {
namespace {

namespace fs = std::filesystem;

constexpr const char* server_name = "llama-server";
constexpr const char* quantize_name = "llama-quantize";
constexpr std::chrono::seconds version_timeout{30};
constexpr std::size_t max_manifest_bytes = 1 << 20;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool can_be_run(const fs::path& program) {
  std::error_code error;
  return fs::is_regular_file(program, error) && ::access(program.c_str(), X_OK) == 0;
}

Runtime runtime_at(const fs::path& server, Runtime::Origin origin) {
  Runtime runtime{origin, {server.string()}, {}, {}};
  const fs::path quantize = server.parent_path() / quantize_name;
  if (can_be_run(quantize)) runtime.quantize = {quantize.string()};
  return runtime;
}

fs::path on_path(const char* name) {
  for (const auto& folder : text::split(environment("PATH"), ':')) {
    const fs::path program = fs::path(folder) / name;
    if (program.is_absolute() && can_be_run(program)) return program;
  }
  return {};
}

Result<std::optional<Manifest>> manifest_in(const fs::path& prefix) {
  std::error_code error;
  if (prefix.empty() || !fs::exists(prefix / manifest_name, error)) return std::nullopt;
  std::ifstream file(prefix / manifest_name, std::ios::binary);
  std::string text(max_manifest_bytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  IDI_TRY(Manifest manifest, parse_manifest(text));
  return manifest;
}

}  // namespace

Result<std::optional<Runtime>> find_runtime(const fs::path& prefix) {
  if (const std::string named = environment("IDI_LLAMA_SERVER"); !named.empty()) {
    std::error_code error;
    const fs::path server =
        named.find('/') == std::string::npos ? on_path(named.c_str()) : fs::absolute(named, error);
    if (server.empty() || !can_be_run(server)) {
      return make_error(ErrorCode::not_found,
                        fmt::format("IDI_LLAMA_SERVER names {}, which is no program", named),
                        "Name a llama-server, or unset it.");
    }
    return runtime_at(server, Runtime::Origin::environment);
  }
  if (const fs::path server = on_path(server_name); !server.empty()) {
    return runtime_at(server, Runtime::Origin::path);
  }
  IDI_TRY(const auto manifest, manifest_in(prefix));
  if (!manifest) return std::nullopt;
  std::error_code error;
  return runtime_of(*manifest, fs::absolute(prefix, error));
}

Result<std::string> ask_version(const Runtime& runtime, std::stop_token stop) {
  Program program{runtime.server, {}, {"LLAMA_"}, {}};
  program.argv.emplace_back("--version");
  const auto asked = run_program(program, Deadline::after(version_timeout), stop);
  if (!asked) return asked.error();
  if (!asked->good()) {
    return make_error(ErrorCode::unavailable, "llama-server does not run here", "",
                      text::to_valid_utf8(text::trim(asked->output)));
  }
  // "version: 0.7.0 (build 11669, commit Debian)", perhaps after lines about devices.
  for (const auto& line : text::split(asked->output, '\n')) {
    if (line.starts_with("version: ")) return text::to_valid_utf8(text::trim(line.substr(9)));
  }
  return std::string("unknown");
}

fs::path default_prefix() {
  if (const fs::path named = environment("IDI_RUNTIME"); !named.empty()) return named;
  // The XDG specification: a relative path is not valid and is to be ignored.
  const fs::path home = environment("XDG_DATA_HOME");
  if (home.is_absolute()) return home / "idi/runtime";
  const fs::path user = environment("HOME");
  return user.is_absolute() ? user / ".local/share/idi/runtime" : fs::path();
}

Result<std::optional<Installation>> read_installation(const fs::path& prefix) {
  IDI_TRY(const auto manifest, manifest_in(prefix));
  if (!manifest) return std::nullopt;
  return manifest->installation;
}

Status verify_installation(const fs::path& prefix, std::stop_token stop) {
  IDI_TRY(const auto manifest, manifest_in(prefix));
  if (!manifest) {
    return make_error(ErrorCode::not_found, "no runtime is installed",
                      "idi runtime install fetches it.");
  }
  IDI_TRY(
      const auto checked,
      run_program(
          {{"sha256sum", "--check", "--quiet", sums_name}, {{"LC_ALL", "C"}}, {}, prefix.string()},
          Deadline::after(std::chrono::minutes(5)), stop));
  if (checked.good()) return {};
  return make_error(ErrorCode::unreadable, "the installed runtime was changed or is incomplete",
                    "idi runtime install --again puts it in order.",
                    text::to_valid_utf8(text::trim(checked.output)));
}

}  // namespace idi::llama_runtime
