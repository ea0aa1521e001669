#include "case_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "case_database.hpp"
#include "idi/core/text.hpp"

namespace idi::prompt::testing {

CaseFile CaseFile::read(const std::filesystem::path& path) {
  CaseFile result;
  result.path = path;
  std::ifstream file(path, std::ios::binary);
  std::string line;
  while (std::getline(file, line) && line != "---") {
    result.head += line + '\n';
    if (const auto colon = line.find(": "); colon != std::string::npos)
      result.settings[line.substr(0, colon)] = line.substr(colon + 2);
  }
  while (std::getline(file, line)) result.expected += line + '\n';
  return result;
}

std::string CaseFile::setting(const std::string& name) const {
  const auto found = settings.find(name);
  return found == settings.end() ? std::string() : found->second;
}

int CaseFile::number(const std::string& name, int otherwise) const {
  const auto found = settings.find(name);
  return found == settings.end() ? otherwise : std::stoi(found->second);
}

void CaseFile::check(const std::string& actual) const {
  EXPECT_TRUE(settings.contains("why")) << "a case says why it is there";
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << head << "---\n" << actual;
  } else {
    EXPECT_EQ(actual, expected);
  }
}

std::vector<std::filesystem::path> case_files(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Result<ChatPrompt> prompt_of(const CaseFile& file) {
  const auto linker = linker_of(file.setting("database"));
  const auto question = linker->link(file.setting("question"));
  ScopeLimits limits;
  limits.max_tables = file.number("max_tables", limits.max_tables);
  limits.max_columns = file.number("max_columns", limits.max_columns);
  WriteOptions options;
  if (file.settings.contains("keywords"))
    options.keywords = text::split(file.setting("keywords"), ',');
  options.max_tokens = file.number("max_tokens", options.max_tokens);
  const std::string name = file.setting("dialect");
  EXPECT_TRUE(name.empty() || name == "postgres" || name == "mysql") << name;
  const Dialect dialect = name == "postgres" ? Dialect::postgres
                          : name == "mysql"  ? Dialect::mysql
                                             : Dialect::sqlite;
  return ChatFormat::standard().write(question, linker->schema(),
                                      choose_scope(question, *linker, nullptr, limits), dialect,
                                      options);
}

}  // namespace idi::prompt::testing
