#include "mirrors.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <system_error>

#include "idi/core/text.hpp"

namespace idi::llama_runtime {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_file_bytes = 1 << 20;

struct Source {
  std::vector<std::string> types, urls, suites, components;
  std::string keyring;  ///< As written; a key itself may stand there.
};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::istringstream stream{std::string(text)};
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string_view without_comment(std::string_view line) {
  return text::trim(line.substr(0, line.find('#')));
}

/// "deb [signed-by=FILE arch=amd64] URL SUITE COMPONENT…"
std::optional<Source> one_line_source(std::string_view line) {
  std::string text(without_comment(line));
  Source source;
  const std::size_t open = text.find('['), close = text.find(']');
  if (open != std::string::npos && close != std::string::npos && open < close) {
    for (const auto& option : words_of(text.substr(open + 1, close - open - 1))) {
      if (option.starts_with("signed-by=")) source.keyring = option.substr(10);
    }
    text.replace(open, close - open + 1, " ");
  }
  const auto words = words_of(text);
  if (words.size() < 4) return std::nullopt;
  source.types = {words[0]};
  source.urls = {words[1]};
  source.suites = {words[2]};
  source.components.assign(words.begin() + 3, words.end());
  return source;
}

std::vector<Source> one_line_sources(std::string_view text) {
  std::vector<Source> sources;
  for (const auto& line : text::split(text, '\n')) {
    if (auto source = one_line_source(line)) sources.push_back(std::move(*source));
  }
  return sources;
}

using Fields = std::map<std::string, std::string>;

std::optional<Source> source_of(const Fields& fields) {
  const auto field = [&](const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  };
  if (fields.empty() || text::equals_ignoring_ascii_case(text::trim(field("enabled")), "no")) {
    return std::nullopt;
  }
  return Source{words_of(field("types")), words_of(field("uris")), words_of(field("suites")),
                words_of(field("components")), std::string(text::trim(field("signed-by")))};
}

/// Paragraphs of "Field: value" lines; a line that begins with a blank goes on with its field.
std::vector<Source> deb822_sources(std::string_view text) {
  std::vector<Source> sources;
  Fields fields;
  std::string name;
  const auto end_paragraph = [&] {
    if (auto source = source_of(fields)) sources.push_back(std::move(*source));
    fields.clear();
    name.clear();
  };
  for (const auto& line : text::split(text, '\n')) {
    if (text::trim(line).empty()) {
      end_paragraph();
    } else if (line.front() == '#') {
      continue;
    } else if (line.front() == ' ' || line.front() == '\t') {
      if (!name.empty()) fields[name] += " " + line;
    } else if (const std::size_t colon = line.find(':'); colon != std::string::npos) {
      name = text::to_lower_ascii(text::trim(line.substr(0, colon)));
      fields[name] = line.substr(colon + 1);
    }
  }
  end_paragraph();
  return sources;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool serves_a_release(const Source& source, std::string_view codename) {
  constexpr std::array<std::string_view, 8> names{
      "stable", "oldstable", "oldoldstable", "testing", "unstable", "sid", "trixie", "forky"};
  return std::ranges::any_of(source.suites, [&](const std::string& suite) {
    return suite == codename || std::ranges::find(names, suite) != names.end();
  });
}

bool can_be_reached(std::string_view url) {
  constexpr std::array<std::string_view, 6> schemes{
      "http://", "https://", "tor+http://", "tor+https://", "mirror+http://", "mirror+https://"};
  return std::ranges::any_of(schemes, [&](auto scheme) { return url.starts_with(scheme); });
}

/// Others use Debian's names of releases too; they sign with keys of their own.
bool signed_by_debian(const Source& source) {
  return source.keyring.find("debian-archive") != std::string::npos;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(max_file_bytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string codename_of_this_machine() {
  for (const auto& line : text::split(text_of("/etc/os-release"), '\n')) {
    if (line.starts_with("VERSION_CODENAME=")) return line.substr(17);
  }
  return {};
}

}  // namespace

std::vector<Mirror> mirrors_in(const std::vector<SourcesFile>& files, std::string_view codename) {
  // Signed by Debian's keyring, then of unknown key but named like Debian's archive.
  std::vector<Mirror> sure, likely;
  const auto add = [](std::vector<Mirror>& mirrors, Mirror mirror) {
    if (std::ranges::find(mirrors, mirror) == mirrors.end()) mirrors.push_back(std::move(mirror));
  };
  for (const auto& file : files) {
    for (const auto& source :
         file.deb822 ? deb822_sources(file.text) : one_line_sources(file.text)) {
      if (!has(source.types, "deb") || !has(source.components, "main")) continue;
      if (!serves_a_release(source, codename)) continue;
      for (std::string url : source.urls) {
        while (url.ends_with('/')) url.pop_back();
        if (!can_be_reached(url)) continue;
        if (signed_by_debian(source)) {
          // What is no file is a fingerprint or the key itself.
          const bool file_named = source.keyring.starts_with('/') &&
                                  source.keyring.find_first_of(" \t,\n]\"") == std::string::npos;
          add(sure, {url, file_named ? source.keyring : debian_keyring});
        } else if (source.keyring.empty() && url.ends_with("/debian")) {
          add(likely, {url, debian_keyring});
        }
      }
    }
  }
  for (auto& mirror : likely) add(sure, std::move(mirror));
  add(sure, {everybodys_mirror, debian_keyring});
  return sure;
}

std::vector<Mirror> mirrors_of_this_machine() {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator entry("/etc/apt/sources.list.d", error), end; !error && entry != end;
       entry.increment(error)) {
    paths.push_back(entry->path());
  }
  std::ranges::sort(paths);
  paths.insert(paths.begin(), "/etc/apt/sources.list");
  std::vector<SourcesFile> files;
  for (const auto& path : paths) {
    const bool deb822 = path.extension() == ".sources";
    if (deb822 || path.extension() == ".list") files.push_back({text_of(path), deb822});
  }
  return mirrors_in(files, codename_of_this_machine());
}

}  // namespace idi::llama_runtime
