// tests/cases/*.case: a line `why:`, `in:` names a sample database; `ask:` is followed by what is
// expected of it before parsing: "answerable", or the error's message, then "near: …" where names
// come near. With IDI_UPDATE_GOLDEN=1 the files are rewritten; review the difference.
#include "idi/answerability/answerability.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "idi/core/text.hpp"
#include "sample_linker.hpp"

namespace idi::answerability {
namespace {

using testing::sample_linker;

Verdict judged(const std::string& database, std::string_view question,
               const std::optional<ParserOpinion>& opinion = std::nullopt) {
  const auto linker = sample_linker(database);
  return Judge(linker).verdict_on(linker->link(question), opinion);
}

std::string told(const std::string& database, std::string_view question) {
  const Verdict verdict = judged(database, question);
  if (verdict.answerable) return "answerable\n";
  std::string lines = as_error(verdict, sample_linker(database)->schema()).message + "\n";
  std::vector<std::string> near;
  for (const Missing& missing : verdict.missing)
    for (const std::string& name : missing.near)
      if (std::find(near.begin(), near.end(), name) == near.end()) near.push_back(name);
  if (!near.empty()) lines += "near: " + text::join(near, ", ") + "\n";
  return lines;
}

/// The file as it should be: everything said anew.
std::string retold(std::istream& file, int& whys) {
  std::string written;
  std::string database;
  bool skipping = false;
  for (std::string line; std::getline(file, line);) {
    const bool is_kept = line.empty() || line.starts_with('#') || line.starts_with("why: ") ||
                         line.starts_with("in: ") || line.starts_with("ask: ");
    if (!is_kept && skipping) continue;
    skipping = false;
    whys += line.starts_with("why: ") ? 1 : 0;
    written += line + "\n";
    if (line.starts_with("in: ")) database = line.substr(4);
    if (line.starts_with("ask: ")) {
      written += told(database, line.substr(5));
      skipping = true;
    }
  }
  return written;
}

TEST(AnswerabilityCases, SayWhatTheFilesSay) {
  ASSERT_TRUE(link::WordNet::open()) << "WordNet is not installed";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator("libs/answerability/tests/cases")) {
    if (entry.path().extension() != ".case") continue;
    ++files;
    std::ostringstream content;
    content << std::ifstream(entry.path()).rdbuf();
    std::istringstream lines(content.str());
    int whys = 0;
    const std::string expected = retold(lines, whys);
    EXPECT_GT(whys, 0) << entry.path() << " says no reason";
    if (std::getenv("IDI_UPDATE_GOLDEN")) std::ofstream(entry.path()) << expected;
    EXPECT_EQ(content.str(), expected) << entry.path();
  }
  EXPECT_GE(files, 3);
}

TEST(Answerability, DoubtGrowsWithWhatTheParserDoubts) {
  const std::string question = "average total of the fancy orders";
  const Verdict words = judged("shop", question);
  const Verdict sure = judged("shop", question, ParserOpinion{});
  const Verdict unsure = judged("shop", question, ParserOpinion{0.3, 0.2});
  EXPECT_TRUE(words.answerable);
  EXPECT_DOUBLE_EQ(words.doubt, sure.doubt);
  EXPECT_GT(unsure.doubt, sure.doubt + 0.1);
}

TEST(Answerability, WhatIsLikelyIsDecidedOnlyAfterParsing) {
  const std::string question = "Which astronauts of the shuttle walked on comets in Berlin?";
  EXPECT_TRUE(judged("shop", question).answerable || judged("shop", question).doubt >= 0.9);
  const Verdict after = judged("shop", question, ParserOpinion{0.5, 0.2});
  EXPECT_FALSE(after.answerable);
  EXPECT_FALSE(after.missing.empty());
}

TEST(Answerability, ClearQuestionsAreHardlyDoubted) {
  for (const char* question : {"average total of orders", "How many customers are in Berlin?",
                               "title and unit price of each product"}) {
    const Verdict verdict = judged("shop", question, ParserOpinion{0.99, 1});
    EXPECT_TRUE(verdict.answerable) << question;
    EXPECT_LT(verdict.doubt, 0.2) << question;
    EXPECT_TRUE(verdict.missing.empty()) << question;
  }
}

TEST(Answerability, TheErrorSaysWhatIsMissingWhatIsNearAndWhatIsThere) {
  const Verdict verdict = judged("shop", "What was our profit last month?");
  ASSERT_FALSE(verdict.answerable);
  const Error error = as_error(verdict, sample_linker("shop")->schema());
  EXPECT_EQ(error.code, ErrorCode::unanswerable);
  EXPECT_NE(error.message.find("\"profit\" would need what things cost"), std::string::npos)
      << error.message;
  EXPECT_NE(error.message.find("unit price"), std::string::npos) << error.message;
  EXPECT_NE(error.hint.find("It is about: customers, products, orders, order items"),
            std::string::npos)
      << error.hint;
}

TEST(Answerability, AnEmptySchemaIsSaidToBeEmpty) {
  const auto linker = link::Linker::make({}, link::ValueIndex::empty(), link::WordNet::none());
  const Verdict verdict =
      Judge(linker).verdict_on(linker->link("How many stars are there?"), std::nullopt);
  EXPECT_FALSE(verdict.answerable);
  EXPECT_NE(as_error(verdict, linker->schema()).hint.find("no tables"), std::string::npos);
}

TEST(Answerability, ManyTablesAreNotAllNamed) {
  Schema schema;
  for (int i = 0; i < 30; ++i) schema.tables.push_back({});
  EXPECT_NE(as_error({false, 1, {}}, schema).hint.find("and 20 more tables"), std::string::npos);
}

RC_GTEST_PROP(AnswerabilityProperty, AnyTextIsJudged, (const std::string& text)) {
  const auto linker = sample_linker("library");
  const Judge judge(linker);
  const auto linked = linker->link(text);
  const double low = *rc::gen::inRange(0, 101) / 100.0;
  for (const auto& opinion :
       {std::optional<ParserOpinion>{}, std::optional<ParserOpinion>{ParserOpinion{low, low}}}) {
    const Verdict verdict = judge.verdict_on(linked, opinion);
    RC_ASSERT(verdict.doubt >= 0);
    RC_ASSERT(verdict.doubt <= 1);
    const Error error = as_error(verdict, linker->schema());
    RC_ASSERT(!error.message.empty());
  }
}

RC_GTEST_PROP(AnswerabilityProperty, NamesOfTheSchemaAreAlwaysAnswerable, ()) {
  const auto linker = sample_linker("shop");
  std::string question = "show";
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const auto& tables = linker->schema().tables;
    const auto& table = tables[*rc::gen::inRange<std::size_t>(0, tables.size())];
    question += " " + table.natural_name;
    question +=
        " " + table.columns[*rc::gen::inRange<std::size_t>(0, table.columns.size())].natural_name;
  }
  RC_ASSERT(Judge(linker).verdict_on(linker->link(question), ParserOpinion{}).answerable);
}

}  // namespace
}  // namespace idi::answerability
