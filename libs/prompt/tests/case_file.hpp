// One file of tests/cases/prompt: settings ("why: …", "database: …", "question: …"), a line "---",
// then what is expected, which IDI_UPDATE_GOLDEN=1 rewrites.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/prompt/chat_prompt.hpp"

namespace idi::prompt::testing {

struct CaseFile {
  std::filesystem::path path;
  std::string head;  ///< The settings as written.
  std::map<std::string, std::string> settings;
  std::string expected;

  static CaseFile read(const std::filesystem::path& path);
  /// Empty where there is none.
  [[nodiscard]] std::string setting(const std::string& name) const;
  [[nodiscard]] int number(const std::string& name, int otherwise) const;
  /// Compares with what is expected, or rewrites it.
  void check(const std::string& actual) const;
};

/// Sorted; those directly in the folder.
[[nodiscard]] std::vector<std::filesystem::path> case_files(const std::string& folder);

/// What the model is asked in this case.
[[nodiscard]] Result<ChatPrompt> prompt_of(const CaseFile& file);

}  // namespace idi::prompt::testing
