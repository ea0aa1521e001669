#include "idi/model_store/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "idi/core/text.hpp"

namespace idi::model_store {
namespace {

namespace json = boost::json;

constexpr int format_version = 1;
constexpr std::size_t max_profile_bytes = 1 << 20;
constexpr std::size_t max_name_characters = 64;
constexpr std::size_t max_adapters = 16;
constexpr std::int64_t most_context = 1 << 24;

Error bad(std::string what) {
  return make_error(ErrorCode::unreadable, std::move(what),
                    "Remove the model and add it again (idi model remove, add or pull).");
}

Result<std::string> text_in(const json::object& object, std::string_view key, bool needed) {
  const json::value* value = object.if_contains(key);
  if (!value && !needed) return std::string();
  const json::string* text = value ? value->if_string() : nullptr;
  if (!text) return bad(fmt::format("the profile has no text \"{}\"", key));
  return std::string(*text);
}

Result<std::int64_t> count_in(const json::object& object, std::string_view key, std::int64_t least,
                              std::int64_t most) {
  const json::value* value = object.if_contains(key);
  if (!value || !value->is_int64() || value->get_int64() < least || value->get_int64() > most) {
    return bad(fmt::format("the profile's \"{}\" is no number from {} to {}", key, least, most));
  }
  return value->get_int64();
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Result<std::string> hash_in(const json::object& object) {
  IDI_TRY(auto hash, text_in(object, "sha256", false));
  if (!hash.empty() && !is_sha256(hash)) return bad("the profile's \"sha256\" is none");
  return hash;
}

Result<AdapterFile> parse_adapter(const json::value& value) {
  const json::object* object = value.if_object();
  if (!object) return bad("an adapter of the profile is no object");
  AdapterFile adapter;
  IDI_TRY(adapter.role, text_in(*object, "role", true));
  if (std::find(adapter_roles.begin(), adapter_roles.end(), adapter.role) == adapter_roles.end()) {
    return bad(fmt::format("the profile has an adapter for \"{}\"", adapter.role.substr(0, 100)));
  }
  IDI_TRY(const auto file, text_in(*object, "file", true));
  adapter.file = file;
  IDI_TRY(adapter.sha256, hash_in(*object));
  IDI_TRY(adapter.bytes, count_in(*object, "bytes", 0, INT64_MAX));
  return adapter;
}

}  // namespace

std::string_view prompt_format_name(PromptFormat format) {
  return format == PromptFormat::nano ? "nano" : "chat";
}

bool is_model_name(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && name.size() <= max_name_characters && name != "none" &&
         !name.ends_with(".part") && is_plain(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_plain(c) || c == '.' || c == '-' || c == '_'; });
}

Result<Profile> parse_profile(std::string_view text) {
  if (text.size() > max_profile_bytes) return bad("the profile is too large");
  boost::system::error_code failure;
  const json::value value = json::parse({text.data(), text.size()}, failure);
  const json::object* object = failure ? nullptr : value.if_object();
  if (!object) return bad("the profile is no JSON object");
  IDI_TRY(const auto version, count_in(*object, "version", 1, INT64_MAX));
  if (version != format_version) {
    return make_error(
        ErrorCode::wrong_version,
        fmt::format("the profile has version {}, this program knows {}", version, format_version),
        "Use a newer idi, or add the model again.");
  }
  Profile profile;
  IDI_TRY(profile.name, text_in(*object, "name", true));
  if (!is_model_name(profile.name)) return bad("the profile's \"name\" is none");
  IDI_TRY(const auto file, text_in(*object, "file", true));
  if (file.empty() || file.find('\0') != std::string::npos) {
    return bad("the profile's \"file\" is none");
  }
  profile.file = file;
  IDI_TRY(const auto format, text_in(*object, "format", true));
  if (format != "chat" && format != "nano") {
    return bad(fmt::format("the profile's \"format\" is neither chat nor nano"));
  }
  profile.format = format == "nano" ? PromptFormat::nano : PromptFormat::chat;
  IDI_TRY(const auto context, count_in(*object, "context_tokens", 1, most_context));
  profile.context_tokens = static_cast<int>(context);
  IDI_TRY(profile.licence, text_in(*object, "licence", false));
  IDI_TRY(profile.source, text_in(*object, "source", false));
  IDI_TRY(profile.sha256, hash_in(*object));
  IDI_TRY(profile.bytes, count_in(*object, "bytes", 0, INT64_MAX));
  if (const json::value* adapters = object->if_contains("adapters")) {
    const json::array* list = adapters->if_array();
    if (!list || list->size() > max_adapters) return bad("the profile's \"adapters\" are none");
    for (const json::value& entry : *list) {
      IDI_TRY(auto adapter, parse_adapter(entry));
      profile.adapters.push_back(std::move(adapter));
    }
  }
  return profile;
}

std::string to_json(const Profile& profile) {
  json::array adapters;
  for (const auto& adapter : profile.adapters) {
    adapters.push_back(json::object{{"role", adapter.role},
                                    {"file", adapter.file.string()},
                                    {"sha256", adapter.sha256},
                                    {"bytes", adapter.bytes}});
  }
  const std::string_view format = prompt_format_name(profile.format);
  return json::serialize(json::object{{"version", format_version},
                                      {"name", profile.name},
                                      {"file", profile.file.string()},
                                      {"format", json::string_view(format.data(), format.size())},
                                      {"context_tokens", profile.context_tokens},
                                      {"adapters", std::move(adapters)},
                                      {"licence", profile.licence},
                                      {"source", profile.source},
                                      {"sha256", profile.sha256},
                                      {"bytes", profile.bytes}}) +
         "\n";
}

}  // namespace idi::model_store
