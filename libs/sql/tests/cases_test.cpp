// tests/cases/*.case: a line `why:`, then statements, each `sql:` followed by what it becomes:
// `ir:` and `out:` (and `postgres:`, `mysql:` where they differ), or `error:`. With
// IDI_UPDATE_GOLDEN=1 the files are rewritten; review the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "idi/core/text.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "idi/sql/translate.hpp"
#include "shop.hpp"

namespace idi::sql {
namespace {

constexpr const char* folder = "libs/sql/tests/cases";

std::string error_line(const Error& error) {
  return "error: " + std::string(error_code_name(error.code)) + ": " + error.message + "\n";
}

/// The sentence, with texts in place of candidates so that the file reads well.
std::string sentence_of(const ir::Query& query, const Schema& schema) {
  std::vector<std::string> texts;
  const ir::Query pointing = ir::map_literals(query, [&](ir::Literal literal, auto*) {
    if (literal.text == "1") return literal;
    literal.candidate = static_cast<int>(texts.size());
    texts.push_back(literal.kind == ir::Literal::Kind::text ? "'" + literal.text + "'"
                                                            : literal.text);
    return literal;
  });
  const auto tokens = ir::to_tokens(pointing, schema);
  if (!tokens) return error_line(tokens.error());
  std::string sentence = "ir: " + ir::to_text(*tokens, schema) + "\n";
  for (std::size_t i = texts.size(); i-- > 0;) {
    const std::string name = "$" + std::to_string(i);
    for (auto at = sentence.find(name); at != std::string::npos; at = sentence.find(name, at)) {
      sentence.replace(at, name.size(), texts[i]);
      at += texts[i].size();
    }
  }
  return sentence;
}

std::string outcome(const std::string& sql, const Schema& schema) {
  const auto query = to_ir(sql, schema);
  if (!query) return error_line(query.error());
  std::string text = sentence_of(*query, schema);
  const auto written = [&](Dialect dialect) {
    const auto out = to_sql(*query, schema, dialect);
    return out ? *out : out.error().message;
  };
  const std::string out = written(Dialect::sqlite);
  text += "out: " + out + "\n";
  if (written(Dialect::postgres) != out) text += "postgres: " + written(Dialect::postgres) + "\n";
  if (written(Dialect::mysql) != out) text += "mysql: " + written(Dialect::mysql) + "\n";
  return text;
}

class CaseFile : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(CaseFile, BecomesWhatIsWritten) {
  const Schema schema = testing::shop_schema_with_encoded_times();
  std::ifstream file(GetParam());
  std::string expected, actual, line;
  bool why = false;
  while (std::getline(file, line)) {
    expected += line + "\n";
    if (line.starts_with("why:")) why = true;
    if (line.starts_with("why:") || line.starts_with('#')) actual += line + "\n";
    if (line.empty()) actual += "\n";
    if (line.starts_with("sql: ")) actual += line + "\n" + outcome(line.substr(5), schema);
  }
  EXPECT_TRUE(why) << "a case file begins with why: …";
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(GetParam()) << actual;
  } else {
    EXPECT_EQ(actual, expected);
  }
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Cases, CaseFile, ::testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace idi::sql
