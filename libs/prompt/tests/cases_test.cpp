// tests/cases/prompt/*.case: settings ("why:", "database:", "question:", …), a line "---", then
// what the model would be asked. With IDI_UPDATE_GOLDEN=1 the files are rewritten; review the
// difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "case_database.hpp"
#include "idi/core/text.hpp"
#include "idi/prompt/chat_prompt.hpp"

namespace idi::prompt {
namespace {

using Settings = std::map<std::string, std::string>;

Dialect dialect_of(const std::string& name) {
  if (name == "postgres") return Dialect::postgres;
  if (name == "mysql") return Dialect::mysql;
  EXPECT_TRUE(name.empty() || name == "sqlite") << name;
  return Dialect::sqlite;
}

int number_of(const Settings& settings, const std::string& name, int otherwise) {
  const auto found = settings.find(name);
  return found == settings.end() ? otherwise : std::stoi(found->second);
}

std::string outcome(const Settings& settings) {
  const auto setting = [&](const std::string& name) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
  };
  if (settings.contains("failed"))
    return ChatFormat::standard().write_repair(setting("failed"), setting("error")) + '\n';
  const auto linker = testing::linker_of(setting("database"));
  const auto question = linker->link(setting("question"));
  ScopeLimits limits;
  limits.max_tables = number_of(settings, "max_tables", limits.max_tables);
  limits.max_columns = number_of(settings, "max_columns", limits.max_columns);
  const auto scope = choose_scope(question, *linker, nullptr, limits);
  WriteOptions options;
  if (!setting("keywords").empty()) options.keywords = text::split(setting("keywords"), ',');
  options.max_tokens = number_of(settings, "max_tokens", options.max_tokens);
  const auto prompt = ChatFormat::standard().write(question, linker->schema(), scope,
                                                   dialect_of(setting("dialect")), options);
  if (!prompt) return "error: " + prompt.error().message + '\n';
  return "system:\n" + prompt->system + "\nuser:\n" + prompt->user + '\n';
}

class PromptCase : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(PromptCase, AsksWhatIsWritten) {
  std::ifstream file(GetParam());
  std::string head, expected, line;
  Settings settings;
  while (std::getline(file, line) && line != "---") {
    head += line + '\n';
    if (const auto colon = line.find(": "); colon != std::string::npos)
      settings[line.substr(0, colon)] = line.substr(colon + 2);
  }
  while (std::getline(file, line)) expected += line + '\n';
  EXPECT_TRUE(settings.contains("why")) << "a case says why it is there";
  const std::string actual = outcome(settings);
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(GetParam()) << head << "---\n" << actual;
  } else {
    EXPECT_EQ(actual, expected);
  }
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(testing::case_folder, ignored))
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Cases, PromptCase, ::testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace idi::prompt
