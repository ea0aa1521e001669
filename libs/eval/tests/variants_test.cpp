#include "idi/eval/variants.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "idi/core/text.hpp"
#include "idi/dataset/questions.hpp"
#include "idi/link/linker.hpp"
#include "sample_databases.hpp"

namespace idi::eval {
namespace {

constexpr std::string_view question =
    "What is the average age of all singers from 'New York' who are not in Group One?";
constexpr std::string_view gold =
    "SELECT avg(age) FROM singer WHERE city = 'New York' AND band != 'Group One'";

std::string changed(Variant variant, std::string_view asked = question, std::string_view sql = gold,
                    std::uint64_t seed = 1, std::size_t index = 0) {
  return variant_of(variant, {asked, sql, nullptr, seed, index}, *link::WordNet::none());
}

TEST(Variants, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const Variant variant : all_variants) names.insert(variant_name(variant));
  EXPECT_EQ(names.size(), all_variants.size());
}

TEST(Variants, TheOriginalStays) { EXPECT_EQ(changed(Variant::original), question); }

TEST(Variants, LowerCaseIsAllLower) {
  EXPECT_EQ(changed(Variant::lower_case),
            "what is the average age of all singers from 'new york' who are not in group one?");
}

TEST(Variants, KeywordsKeepContentValuesAndWhatTurnsTheMeaning) {
  EXPECT_EQ(changed(Variant::keywords), "average age singers 'New York' not Group One");
  EXPECT_EQ(
      changed(Variant::keywords, "How many singers are there?", "SELECT count(*) FROM singer"),
      "How many singers");
  EXPECT_EQ(changed(Variant::keywords, "Who is it?", "SELECT 1"), "Who is it?");
}

TEST(Variants, UnnamedTakesTheNamesOfGoldColumns) {
  EXPECT_EQ(changed(Variant::unnamed, "What is the age of Joe?", "SELECT age FROM singer"),
            "What is the of Joe?");
}

TEST(Variants, TyposLeaveValuesAlone) {
  for (std::size_t index = 0; index < 50; ++index) {
    const std::string typed = changed(Variant::typos, question, gold, 1, index);
    EXPECT_NE(typed, question) << index;
    EXPECT_NE(typed.find("'New York'"), std::string::npos) << typed;
    EXPECT_NE(typed.find("Group One?"), std::string::npos) << typed;
  }
}

TEST(Variants, TyposAreOneOrTwo) {
  const auto words = [](const std::string& text) {
    std::vector<std::string> found;
    for (const auto& token : link::tokenize(text)) found.push_back(token.text);
    return found;
  };
  const auto before = words(std::string(question));
  for (std::size_t index = 0; index < 50; ++index) {
    const auto after = words(changed(Variant::typos, question, gold, 3, index));
    ASSERT_EQ(after.size(), before.size());
    int differ = 0;
    for (std::size_t i = 0; i < after.size(); ++i) differ += after[i] != before[i] ? 1 : 0;
    EXPECT_GE(differ, 1);
    EXPECT_LE(differ, 2);
  }
}

TEST(Variants, AnotherSeedMakesOtherTypos) {
  EXPECT_EQ(changed(Variant::typos), changed(Variant::typos));
  EXPECT_NE(changed(Variant::typos, question, gold, 1), changed(Variant::typos, question, gold, 2));
}

TEST(Variants, SynonymsReplaceNamesOnly) {
  const auto opened = link::WordNet::open();
  ASSERT_TRUE(opened) << "WordNet is not installed";
  const VariantSource source{"Which cars made by Car Corp have the lowest price?",
                             "SELECT car FROM cars WHERE maker = 'Car Corp' ORDER BY price",
                             nullptr, 1, 0};
  const std::string synonyms = variant_of(Variant::synonyms, source, **opened);
  EXPECT_EQ(synonyms.find("cars made"), std::string::npos) << synonyms;
  EXPECT_NE(synonyms.find("Car Corp"), std::string::npos) << synonyms;
  EXPECT_NE(synonyms.find("lowest"), std::string::npos) << synonyms;
  EXPECT_EQ(synonyms, variant_of(Variant::synonyms, source, **opened));
}

TEST(WriteVariants, WritesAFileOfEachKind) {
  const SampleDatabases sample;
  const auto options =
      sample.options(question_line("shop", "Which items are cheap?", "SELECT name FROM item") +
                     question_line("zoo", "Kinds of animals", "SELECT kind FROM animal"));
  VariantOptions wanted;
  wanted.questions = options.questions;
  wanted.out = sample.folder() / "variants";
  const auto written = write_variants(wanted);
  ASSERT_TRUE(written) << written.error().to_text();
  ASSERT_EQ(written->size(), all_variants.size());
  for (const auto& one : *written) {
    EXPECT_EQ(one.questions, 2U);
    const auto file = wanted.out / (std::string(variant_name(one.variant)) + ".jsonl");
    const auto records = dataset::read_questions(file);
    ASSERT_TRUE(records) << records.error().to_text();
    ASSERT_EQ(records->size(), 2U);
    EXPECT_EQ(records->at(1).query, "SELECT kind FROM animal");
    EXPECT_NE(read_text(file).find("\"original_question\":\"Kinds of animals\""),
              std::string::npos);
  }
  EXPECT_EQ(written->front().changed, 0U);
}

TEST(WriteVariants, SaysWhatIsMissing) {
  VariantOptions wanted;
  wanted.questions = "no-such-file.json";
  wanted.out = "unused";
  EXPECT_EQ(write_variants(wanted).error().code, ErrorCode::not_found);
}

RC_GTEST_PROP(VariantsProperty, AnyTextHasEveryVariant,
              (const std::string& text, const std::string& sql, std::uint64_t seed)) {
  for (const Variant variant : all_variants) {
    const std::string once = changed(variant, text, sql, seed, 3);
    RC_ASSERT(once == changed(variant, text, sql, seed, 3));
    RC_ASSERT(text.empty() || variant == Variant::lower_case || !once.empty());
  }
}

}  // namespace
}  // namespace idi::eval
