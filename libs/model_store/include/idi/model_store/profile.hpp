// What is known of a model of this machine: the small JSON file beside it, as values.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::model_store {

enum class PromptFormat { chat, nano };
[[nodiscard]] std::string_view prompt_format_name(PromptFormat format);

inline constexpr std::array<std::string_view, 3> adapter_roles{
    "sql_generator", "query_understanding", "verification"};

struct AdapterFile {
  std::string role;  ///< One of adapter_roles.
  std::filesystem::path file;
  std::string sha256;
  std::int64_t bytes = 0;
};

/// What is written beside a model.
struct Profile {
  std::string name;  ///< "qwen2.5-coder-7b": letters, digits, dots, dashes, underscores.
  std::filesystem::path file;
  PromptFormat format = PromptFormat::chat;
  int context_tokens = 8192;
  std::vector<AdapterFile> adapters;
  std::string licence;
  std::string source;  ///< URL, or empty for a file of the user's.
  std::string sha256;  ///< Of the file as it was when it came; 64 hexadecimal digits.
  std::int64_t bytes = 0;
};

/// At most 64 characters, beginning with a letter or digit; "none" and what ends in ".part" are no
/// names.
[[nodiscard]] bool is_model_name(std::string_view name);

/// A relative `file` is one in the profile's own folder. Errors: unreadable, wrong_version.
[[nodiscard]] Result<Profile> parse_profile(std::string_view json);
[[nodiscard]] std::string to_json(const Profile& profile);

}  // namespace idi::model_store
