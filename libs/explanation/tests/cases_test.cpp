// tests/cases/*.case: SQL, perhaps with the question that asked for it, and the words made of it.
// IDI_UPDATE_GOLDEN=1 rewrites the lines that are made; the diff is reviewed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/sql/translate.hpp"
#include "shop.hpp"

namespace idi::explanation {
namespace {

constexpr const char* folder = "libs/explanation/tests/cases/";

std::string_view kind_word(PartKind kind) {
  switch (kind) {
    case PartKind::measure:
      return "measure";
    case PartKind::item:
      return "item";
    case PartKind::table:
      return "table";
    case PartKind::join:
      return "join";
    case PartKind::condition:
      return "condition";
    case PartKind::group:
      return "group";
    case PartKind::order:
      return "order";
    case PartKind::limit:
      return "limit";
    case PartKind::set:
      return "set";
    case PartKind::glue:
      return "glue";
  }
  return "?";
}

std::string words_of(const std::vector<TextRange>& ranges, const std::string& question) {
  std::vector<std::string> words;
  for (const TextRange range : ranges) {
    words.push_back(question.substr(range.begin, range.end - range.begin));
  }
  return text::join(words, " … ");
}

class Cases : public ::testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { linker_ = testing::shop_linker(); }
  static void TearDownTestSuite() { linker_.reset(); }

  /// The lines below a statement.
  static std::vector<std::string> told(const std::string& sql, const std::string& question) {
    const auto query = sql::to_ir(sql, linker_->schema());
    if (!query) return {"error: " + query.error().to_text()};
    if (question.empty()) return {"text: " + explain(*query, linker_->schema()).text};
    const auto linked = linker_->link(question);
    const Explanation explanation = explain(*query, linker_->schema(), &linked);
    std::vector<std::string> lines{"text: " + explanation.text};
    for (const Part& part : explanation.parts) {
      if (part.words.empty()) continue;
      lines.push_back(fmt::format("  {}:{} <- {}", kind_word(part.kind), part.text,
                                  words_of(part.words, question)));
    }
    if (!explanation.unused_words.empty()) {
      lines.push_back("  unused: " + words_of(explanation.unused_words, question));
    }
    return lines;
  }

  static inline std::shared_ptr<const link::Linker> linker_;
};

TEST_P(Cases, AreToldAsTheySay) {
  const std::filesystem::path file = std::string(folder) + GetParam();
  std::ifstream stream(file);
  ASSERT_TRUE(stream) << "run the tests from the project's root";
  std::string expected, actual, question;
  bool why = false;
  for (std::string line; std::getline(stream, line);) {
    expected += line + "\n";
    if (line.starts_with("why: ")) why = true;
    if (line.starts_with("ask: ")) question = line.substr(5);
    const bool is_made =
        line.starts_with("text: ") || line.starts_with("  ") || line.starts_with("error: ");
    if (!is_made) actual += line + "\n";
    if (!line.starts_with("sql: ")) continue;
    for (const std::string& made : told(line.substr(5), question)) actual += made + "\n";
    question.clear();
  }
  EXPECT_TRUE(why) << "a case file begins with why: …";
  stream.close();
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file) << actual;
  } else {
    EXPECT_EQ(actual, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Cases,
                         ::testing::Values("items.case", "conditions.case", "joins.case",
                                           "groups.case", "relations.case", "subqueries.case",
                                           "times.case", "words.case"),
                         [](const auto& file) {
                           const std::string name = file.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace idi::explanation
