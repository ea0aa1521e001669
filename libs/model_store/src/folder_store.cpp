// One folder: NAME.json is a model; NAME.gguf beside it if it was pulled; NAME.part and
// NAME.part.json a download under way; "chosen" holds the name of the one in use.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <system_error>

#include "download.hpp"
#include "folder_store.hpp"
#include "idi/core/text.hpp"
#include "model_file.hpp"
#include "sha256.hpp"
#include "small_file.hpp"

namespace idi::model_store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view profile_ending = ".json";
constexpr std::string_view part_ending = ".part";
constexpr int usual_context_tokens = 8192;

Error no_such_model(std::string_view name) {
  return make_error(
      ErrorCode::not_found,
      fmt::format("there is no model \"{}\" here", text::to_valid_utf8(name.substr(0, 100))),
      "idi model list shows those that there are.");
}

Error bad_name(std::string_view name) {
  return make_error(
      ErrorCode::invalid_argument,
      fmt::format("\"{}\" cannot be the name of a model", text::to_valid_utf8(name.substr(0, 100))),
      "Letters, digits, dots, dashes and underscores; at most 64.");
}

Status check_role(std::string_view role) {
  if (std::find(adapter_roles.begin(), adapter_roles.end(), role) != adapter_roles.end()) return {};
  return make_error(ErrorCode::invalid_argument,
                    fmt::format("\"{}\" is no role of an adapter", role.substr(0, 100)),
                    "Roles: sql_generator, query_understanding, verification.");
}

/// Length and hash of a file against what was written down when it came.
Status check_content(const fs::path& file, std::int64_t bytes, const std::string& sha256,
                     const OnProgress& on_progress, const std::stop_token& stop) {
  std::error_code failure;
  const auto there = static_cast<std::int64_t>(fs::file_size(file, failure));
  if (failure) {
    return make_error(ErrorCode::unreadable, fmt::format("cannot read {}", file.string()), "",
                      failure.message());
  }
  if (bytes != 0 && there != bytes) {
    return make_error(
        ErrorCode::unreadable,
        fmt::format("{} has {} bytes, and had {} when it came", file.string(), there, bytes),
        "Remove the model and fetch it again.");
  }
  if (sha256.empty()) return {};
  IDI_TRY(const auto hash, sha256_of(file, on_progress, stop));
  if (hash == sha256) return {};
  return make_error(
      ErrorCode::unreadable, fmt::format("{} is not what it was when it came", file.string()),
      "Remove the model and fetch it again.", fmt::format("sha256 {}, was {}", hash, sha256));
}

}  // namespace

Result<std::unique_ptr<ModelStore>> ModelStore::open(const fs::path& folder) {
  return open_folder_store(folder, http_client::HttpClient::make(), Patience());
}

Result<std::unique_ptr<ModelStore>> open_folder_store(
    const fs::path& folder, std::unique_ptr<http_client::HttpClient> client, Patience patience) {
  std::error_code failure;
  const fs::path absolute = fs::absolute(folder, failure);
  if (!failure) fs::create_directories(absolute, failure);
  if (folder.empty() || failure) {
    return make_error(
        ErrorCode::io_failed,
        fmt::format("cannot create the folder of the models, \"{}\"", folder.string()),
        "Set XDG_DATA_HOME to a folder that can be written.", failure.message());
  }
  return std::make_unique<FolderStore>(absolute, std::move(client), patience);
}

FolderStore::FolderStore(fs::path folder, std::unique_ptr<http_client::HttpClient> client,
                         Patience patience)
    : folder_(std::move(folder)), client_(std::move(client)), patience_(patience) {}

fs::path FolderStore::place(std::string_view name, std::string_view ending) const {
  return folder_ / (std::string(name) + std::string(ending));
}

Result<Profile> FolderStore::read(std::string_view name) const {
  if (!is_model_name(name)) return no_such_model(name);
  const fs::path path = place(name, profile_ending);
  const auto content = read_small_file(path);
  if (!content) {
    if (content.error().code == ErrorCode::not_found) return no_such_model(name);
    return content.error();
  }
  auto profile = parse_profile(*content);
  if (!profile) return profile.error().with_context(path.string());
  if (profile->name != name) {
    return make_error(
        ErrorCode::unreadable,
        fmt::format("{} is the profile of another model, \"{}\"", path.string(), profile->name),
        "Rename it back.");
  }
  if (profile->file.is_relative()) profile->file = folder_ / profile->file;
  for (auto& adapter : profile->adapters) {
    if (adapter.file.is_relative()) adapter.file = folder_ / adapter.file;
  }
  return profile;
}

Status FolderStore::write(Profile profile) const {
  // The folder may be moved with what lies in it.
  if (profile.file.parent_path() == folder_) profile.file = profile.file.filename();
  return replace_small_file(place(profile.name, profile_ending), to_json(profile));
}

Result<std::vector<std::string>> FolderStore::names_ending(std::string_view ending) const {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder_, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const std::string file = entry->path().filename().string();
    if (file.size() <= ending.size() || !file.ends_with(ending)) continue;
    std::string name = file.substr(0, file.size() - ending.size());
    if (is_model_name(name) && !name.ends_with(part_ending)) names.push_back(std::move(name));
  }
  if (failure) {
    return make_error(ErrorCode::unreadable, fmt::format("cannot read {}", folder_.string()),
                      "Check its permissions.", failure.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<Profile>> FolderStore::list() const {
  IDI_TRY(const auto names, names_ending(profile_ending));
  std::vector<Profile> profiles;
  for (const auto& name : names) {
    IDI_TRY(auto profile, read(name));
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

Result<std::vector<UnfinishedDownload>> FolderStore::unfinished() const {
  IDI_TRY(const auto names, names_ending(part_ending));
  std::vector<UnfinishedDownload> all;
  for (const auto& name : names) {
    std::error_code failure;
    const fs::path part = place(name, part_ending);
    const auto bytes = fs::file_size(part, failure);
    if (failure) continue;  // it was finished meanwhile
    const std::int64_t total = read_announced(part).bytes;
    all.push_back({name, static_cast<std::int64_t>(bytes), std::max<std::int64_t>(total, 0)});
  }
  return all;
}

Result<Profile> FolderStore::find(std::string_view name) const { return read(name); }

Result<std::optional<Profile>> FolderStore::chosen() const {
  const auto content = read_small_file(folder_ / "chosen");
  if (!content) {
    if (content.error().code == ErrorCode::not_found) return std::optional<Profile>();
    return content.error();
  }
  auto profile = read(text::trim(*content));
  if (!profile) {
    Error error = profile.error().with_context("the model in use");
    error.hint = "Choose another: idi model use NAME, or idi model use none.";
    return error;
  }
  return std::optional(std::move(*profile));
}

Status FolderStore::choose(std::string_view name) {
  const std::lock_guard lock(mutex_);
  IDI_TRY(const auto profile, read(name));
  IDI_CHECK(check_model(profile.file));
  return replace_small_file(folder_ / "chosen", std::string(name) + "\n");
}

Status FolderStore::choose_none() {
  const std::lock_guard lock(mutex_);
  return remove_file(folder_ / "chosen");
}

Status FolderStore::remove_file(const fs::path& path) {
  std::error_code failure;
  fs::remove(path, failure);
  if (failure) return write_failed(path, failure.value());
  return {};
}

Result<Profile> FolderStore::add(const fs::path& file, std::string name,
                                 const OnProgress& on_progress, std::stop_token stop) {
  if (!is_model_name(name)) return bad_name(name);
  IDI_TRY(const auto facts, check_model(file));
  Profile profile;
  profile.name = std::move(name);
  std::error_code failure;
  profile.file = fs::canonical(file, failure);
  if (failure) return write_failed(file, failure.value());
  profile.licence = facts.licence;
  IDI_CHECK(complete(profile, facts));
  IDI_TRY(profile.sha256, sha256_of(profile.file, on_progress, stop));
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  if (fs::exists(place(profile.name, profile_ending), ignored)) {
    return make_error(ErrorCode::conflict,
                      fmt::format("there is a model \"{}\" already", profile.name),
                      "Give another name with --name, or remove that one.");
  }
  IDI_CHECK(write(profile));
  return profile;
}

Status FolderStore::complete(Profile& profile, const gguf::ModelFacts& facts) const {
  IDI_TRY(const auto header, gguf::read_header(profile.file));
  profile.format = format_of(header);
  profile.bytes = static_cast<std::int64_t>(header.file_bytes);
  const auto most = std::max<std::uint64_t>(facts.context_length, 1);
  profile.context_tokens = static_cast<int>(std::min<std::uint64_t>(most, usual_context_tokens));
  return {};
}

Result<Profile> FolderStore::add_adapter(std::string_view model, std::string role,
                                         const fs::path& file, const OnProgress& on_progress,
                                         std::stop_token stop) {
  IDI_CHECK(check_role(role));
  IDI_TRY(auto profile, read(model));
  IDI_CHECK(check_adapter(file, profile.file));
  AdapterFile adapter;
  adapter.role = std::move(role);
  std::error_code failure;
  adapter.file = fs::canonical(file, failure);
  if (!failure) adapter.bytes = static_cast<std::int64_t>(fs::file_size(file, failure));
  if (failure) return write_failed(file, failure.value());
  IDI_TRY(adapter.sha256, sha256_of(file, on_progress, stop));
  const std::lock_guard lock(mutex_);
  IDI_TRY(profile, read(model));
  std::erase_if(profile.adapters, [&](const auto& old) { return old.role == adapter.role; });
  profile.adapters.push_back(std::move(adapter));
  IDI_CHECK(write(profile));
  return profile;
}

Status FolderStore::remove_adapter(std::string_view model, std::string_view role) {
  const std::lock_guard lock(mutex_);
  IDI_TRY(auto profile, read(model));
  const auto removed =
      std::erase_if(profile.adapters, [&](const auto& adapter) { return adapter.role == role; });
  if (removed == 0) {
    return make_error(ErrorCode::not_found,
                      fmt::format("{} has no adapter for \"{}\"", profile.name, role));
  }
  return write(profile);
}

Result<Profile> FolderStore::pull(const CatalogueEntry& entry, const OnProgress& on_progress,
                                  std::stop_token stop) {
  const std::string& name = entry.profile.name;
  if (!is_model_name(name)) return bad_name(name);
  if (auto there = read(name)) {
    std::error_code failure;
    const auto bytes = static_cast<std::int64_t>(fs::file_size(there->file, failure));
    if (!failure && bytes == there->bytes) return there;
  }
  IDI_TRY(auto part, PartFile::open(place(name, part_ending)));
  IDI_TRY(const auto announced,
          download(*client_, entry.profile.source, part, patience_, on_progress, stop));
  auto checked = check_pulled(entry, part.path(), announced, stop);
  if (!checked) {
    // A wrong file is not gone on with; one whose check was stopped is.
    if (checked.error().code != ErrorCode::cancelled) part.remove();
    return checked;
  }
  checked->file = place(name, ".gguf");
  const std::lock_guard lock(mutex_);
  IDI_CHECK(part.become(checked->file));
  IDI_CHECK(write(*checked));
  return checked;
}

Result<Profile> FolderStore::check_pulled(const CatalogueEntry& entry, const fs::path& part,
                                          const Announced& announced,
                                          const std::stop_token& stop) const {
  Profile profile = entry.profile;
  profile.file = part;
  IDI_TRY(const auto facts, check_model(part));
  IDI_CHECK(check_is(entry, facts));
  IDI_CHECK(complete(profile, facts));
  if (profile.licence.empty()) profile.licence = facts.licence;
  IDI_TRY(profile.sha256, sha256_of(part, {}, stop));
  if (!announced.sha256.empty() && announced.sha256 != profile.sha256) {
    return make_error(ErrorCode::unreadable, "what came is not the file that the server announced",
                      "Pull again; if it happens again, try another mirror.",
                      fmt::format("sha256 {}, announced {}", profile.sha256, announced.sha256));
  }
  return profile;
}

Status FolderStore::verify(std::string_view name, const OnProgress& on_progress,
                           std::stop_token stop) const {
  IDI_TRY(const auto profile, read(name));
  IDI_CHECK(check_model(profile.file));
  IDI_CHECK(check_content(profile.file, profile.bytes, profile.sha256, on_progress, stop));
  for (const auto& adapter : profile.adapters) {
    IDI_CHECK(check_adapter(adapter.file, profile.file));
    IDI_CHECK(check_content(adapter.file, adapter.bytes, adapter.sha256, {}, stop));
  }
  return {};
}

Status FolderStore::remove(std::string_view name) {
  if (!is_model_name(name)) return no_such_model(name);
  const std::lock_guard lock(mutex_);
  const fs::path part_path = place(name, part_ending);
  std::error_code ignored;
  const bool has_part = fs::exists(part_path, ignored);
  const bool has_profile = fs::exists(place(name, profile_ending), ignored);
  if (!has_part && !has_profile) return no_such_model(name);
  if (has_part) {
    IDI_TRY(auto part, PartFile::open(part_path));
    part.remove();
  }
  if (!has_profile) return {};
  const auto content = read_small_file(folder_ / "chosen");
  if (content && text::trim(*content) == name) IDI_CHECK(remove_file(folder_ / "chosen"));
  // The profile first: a file without one is no model, a profile without a file is a broken one.
  IDI_CHECK(remove_file(place(name, profile_ending)));
  return remove_file(place(name, ".gguf"));
}

}  // namespace idi::model_store
