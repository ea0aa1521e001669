#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/link/linker.hpp"
#include "tokens.hpp"
#include "unicode.hpp"

namespace idi::link {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& token : tokenize(text)) result.push_back(token.text);
  return result;
}

std::vector<std::string> stems(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& token : tokenize(text)) result.push_back(token.stem);
  return result;
}

TEST(Tokenizer, SplitsWordsAndDropsPunctuation) {
  EXPECT_THAT(texts("What's the name, please?"), ElementsAre("What", "the", "name", "please"));
  EXPECT_THAT(texts("first_name last-name"), ElementsAre("first", "name", "last", "name"));
  EXPECT_THAT(texts(""), IsEmpty());
  EXPECT_THAT(texts(" ?!… "), IsEmpty());
}

TEST(Tokenizer, KeepsNumbersWhole) {
  EXPECT_THAT(texts("1,000 3.5 -5 x-5 10-15 5%"),
              ElementsAre("1,000", "3.5", "-5", "x", "5", "10", "15", "5", "%"));
  EXPECT_THAT(stems("1,234,567"), ElementsAre("1234567"));
  EXPECT_THAT(texts("in 2023."), ElementsAre("in", "2023"));
  EXPECT_THAT(texts("1,00"), ElementsAre("1", "00"));
}

TEST(Tokenizer, KeepsDatesAndTimesWhole) {
  EXPECT_THAT(texts("2023-05-17 5/17/2023 17:30 17:30:05"),
              ElementsAre("2023-05-17", "5/17/2023", "17:30", "17:30:05"));
  EXPECT_THAT(texts("2014-2015"), ElementsAre("2014", "2015"));
}

TEST(Tokenizer, KeepsWordsWithDigitsAndSigns) {
  EXPECT_THAT(texts("1st A340-300 C++ C# 747B"),
              ElementsAre("1st", "A340", "300", "C++", "C#", "747B"));
  EXPECT_THAT(texts("O'Brien and AT&T"), ElementsAre("O'Brien", "and", "AT&T"));
}

TEST(Tokenizer, KeepsComparisonSigns) {
  EXPECT_THAT(texts("price >= 5 and age<3 or x != 2"),
              ElementsAre("price", ">=", "5", "and", "age", "<", "3", "or", "x", "!=", "2"));
}

TEST(Tokenizer, SplitsNegationOff) {
  const auto tokens = tokenize("They don't and can’t");
  ASSERT_EQ(tokens.size(), 6U);
  EXPECT_EQ(tokens[1].lower, "do");
  EXPECT_EQ(tokens[2].lower, "not");
  EXPECT_EQ(tokens[2].text, "n't");
  EXPECT_EQ(tokens[5].stem, "not");
}

TEST(Tokenizer, DropsPossessives) {
  EXPECT_THAT(texts("the airport's name, students' ages, Anna’s"),
              ElementsAre("the", "airport", "name", "students", "ages", "Anna"));
}

TEST(Tokenizer, ReadsAcronymsAsOneWord) {
  EXPECT_THAT(stems("U.S.A. and U.S. end."), ElementsAre("usa", "and", "us", "end"));
}

TEST(Tokenizer, FoldsAccentsInStemsOnly) {
  const auto tokens = tokenize("ÉCOLES");
  ASSERT_EQ(tokens.size(), 1U);
  EXPECT_EQ(tokens[0].lower, "écoles");
  EXPECT_EQ(tokens[0].stem, "ecol");
}

TEST(Tokenizer, SplitsScriptsWithoutBlanksByCharacter) {
  EXPECT_THAT(texts("東京の人口"), ElementsAre("東", "京", "の", "人", "口"));
  EXPECT_THAT(texts("население города"), ElementsAre("население", "города"));
  EXPECT_THAT(texts("٣ أشخاص"), ElementsAre("٣", "أشخاص"));
}

TEST(Tokenizer, SurvivesInvalidUtf8) {
  const auto tokens = tokenize("caf\xC3 \xFF\xFE name\xE2\x82");
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].text, "caf");
  EXPECT_EQ(tokens[1].text, "name");
}

TEST(Tokenizer, StopsAtTheLimit) {
  bool cut = false;
  EXPECT_EQ(tokenize_at_most("one two three", 2, cut).size(), 2U);
  EXPECT_TRUE(cut);
  EXPECT_EQ(tokenize_at_most("one two", 2, cut).size(), 2U);
  EXPECT_FALSE(cut);
}

std::vector<std::string> in_quotes(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& range : quoted_ranges(text)) {
    result.emplace_back(text.substr(range.begin, range.end - range.begin));
  }
  return result;
}

TEST(Quotes, FindsAllKinds) {
  EXPECT_THAT(in_quotes(R"(a "b c" 'd' `e` “f” ‘g’ «h» ``i'')"),
              ElementsAre("b c", "d", "e", "f", "g", "h", "i"));
}

TEST(Quotes, LeavesApostrophesAlone) {
  EXPECT_THAT(in_quotes("the dog's bone isn't Anna's"), IsEmpty());
  EXPECT_THAT(in_quotes("called 'Dog's life' or"), ElementsAre("Dog's life"));
  EXPECT_THAT(in_quotes("open \"end"), IsEmpty());
  EXPECT_THAT(in_quotes("'' \"\""), IsEmpty());
  EXPECT_THAT(in_quotes("'" + std::string(500, 'x') + "'"), IsEmpty());
}

TEST(Stem, IsSnowballEnglish) {
  EXPECT_EQ(stem("cities"), "citi");
  EXPECT_EQ(stem("city"), "citi");
  EXPECT_EQ(stem(""), "");
  EXPECT_EQ(stem(std::string(1000, 'a')).size(), 1000U);
}

TEST(Fold, MakesWordsComparable) {
  EXPECT_EQ(fold_plain("ÉTÉ"), "ete");
  EXPECT_EQ(fold_plain("Straße"), "strasse");
  EXPECT_EQ(fold_plain("ﬁn"), "fin");
}

}  // namespace
}  // namespace idi::link
