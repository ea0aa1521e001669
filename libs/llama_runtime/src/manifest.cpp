#include "manifest.hpp"

#include <fmt/format.h>

#include "idi/core/text.hpp"

namespace idi::llama_runtime {
namespace {

constexpr std::string_view format_line = "idi-llama-runtime 1";
constexpr std::string_view any_format = "idi-llama-runtime ";

Error unreadable(std::string detail) {
  return make_error(ErrorCode::unreadable, "the runtime's manifest cannot be read",
                    "idi runtime install --again writes it anew.", std::move(detail));
}

/// A path that stays under the prefix.
bool stays_inside(std::string_view path) {
  return !path.empty() && path.front() != '/' && path.find("..") == std::string_view::npos;
}

}  // namespace

std::string to_text(const Manifest& manifest) {
  const Installation& installation = manifest.installation;
  std::string text = fmt::format("{}\nversion {}\nmirror {}\narchitecture {}\npinned {}\n",
                                 format_line, installation.version, installation.mirror,
                                 installation.architecture, installation.pinned ? "yes" : "no");
  text += fmt::format("loader {}\nserver {}\n", manifest.loader, manifest.server);
  if (!manifest.quantize.empty()) text += fmt::format("quantize {}\n", manifest.quantize);
  for (const auto& folder : manifest.library_folders) text += fmt::format("library {}\n", folder);
  for (const auto& package : installation.packages) {
    text += fmt::format("package {} {} {} {}\n", package.name, package.version,
                        package.architecture, package.sha256);
  }
  return text;
}

Result<Manifest> parse_manifest(std::string_view text) {
  const auto lines = text::split(text, '\n');
  if (lines.front() != format_line) {
    if (!lines.front().starts_with(any_format)) return unreadable("it is no manifest");
    return make_error(ErrorCode::wrong_version,
                      fmt::format("the runtime was installed by another version of IDI ({})",
                                  text::to_valid_utf8(lines.front())),
                      "idi runtime install --again replaces it.");
  }
  Manifest manifest;
  Installation& installation = manifest.installation;
  for (std::size_t at = 1; at < lines.size(); ++at) {
    if (lines[at].empty()) continue;
    const std::size_t space = lines[at].find(' ');
    const std::string key = lines[at].substr(0, space);
    const std::string value = space == std::string::npos ? "" : lines[at].substr(space + 1);
    const bool is_path =
        key == "loader" || key == "server" || key == "quantize" || key == "library";
    if (is_path && !stays_inside(value)) return unreadable(text::to_valid_utf8(lines[at]));
    if (key == "version") {
      installation.version = value;
    } else if (key == "mirror") {
      installation.mirror = value;
    } else if (key == "architecture") {
      installation.architecture = value;
    } else if (key == "pinned") {
      installation.pinned = value == "yes";
    } else if (key == "loader") {
      manifest.loader = value;
    } else if (key == "server") {
      manifest.server = value;
    } else if (key == "quantize") {
      manifest.quantize = value;
    } else if (key == "library") {
      manifest.library_folders.push_back(value);
    } else if (key == "package") {
      const auto words = text::split(value, ' ');
      if (words.size() != 4) return unreadable(text::to_valid_utf8(lines[at]));
      installation.packages.push_back({words[0], words[1], words[2], words[3]});
    } else {
      return unreadable(text::to_valid_utf8(lines[at]));
    }
  }
  if (manifest.loader.empty() || manifest.server.empty() || manifest.library_folders.empty()) {
    return unreadable("it is cut short");
  }
  return manifest;
}

Runtime runtime_of(const Manifest& manifest, const std::filesystem::path& prefix) {
  std::vector<std::string> folders;
  for (const auto& folder : manifest.library_folders) folders.push_back((prefix / folder).string());
  // Its own loader, for its own C library: the system's may be older than these programs want.
  const auto run = [&](const std::string& program) {
    return std::vector<std::string>{(prefix / manifest.loader).string(), "--library-path",
                                    text::join(folders, ":"), (prefix / program).string()};
  };
  Runtime runtime{
      Runtime::Origin::installed, run(manifest.server), {}, manifest.installation.version};
  if (!manifest.quantize.empty()) runtime.quantize = run(manifest.quantize);
  return runtime;
}

}  // namespace idi::llama_runtime
