#include "idi/dialogue/rewriter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "idi/core/text.hpp"
#include "shop_linker.hpp"

namespace idi::dialogue {
namespace {

class Rewriter : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { linker_ = testing::shop_linker(); }
  static void TearDownTestSuite() { linker_.reset(); }
  static Rewriting rewritten(std::string_view question, const std::vector<Exchange>& history) {
    return rewrite(question, history, *linker_);
  }

  static inline std::shared_ptr<const link::Linker> linker_;
};

TEST_F(Rewriter, NothingBeforeIsNoFollowUp) {
  for (const char* said : {"and by country?", "their names", "only in 2023", "", "how many?"}) {
    const Rewriting rewriting = rewritten(said, {});
    EXPECT_FALSE(rewriting.is_follow_up) << said;
    EXPECT_EQ(rewriting.question, said);
  }
}

TEST_F(Rewriter, TheLastQuestionCounts) {
  const std::vector<Exchange> history = {{"How many stores are there?", ""},
                                         {"How many customers are from Germany?", ""}};
  EXPECT_EQ(rewritten("and from Austria?", history).question,
            "How many customers are from Austria?");
}

TEST_F(Rewriter, WordsPointBackOverWhatHasNoSubject) {
  const std::vector<Exchange> history = {{"Show the stores in Germany", ""}, {"thanks", ""}};
  EXPECT_EQ(rewritten("what are their names?", history).question,
            "What are the names of the stores in Germany?");
  // Fragments continue the last question alone.
  EXPECT_FALSE(rewritten("how many are there?", history).is_follow_up);
}

TEST_F(Rewriter, FollowUpsFollowEachOther) {
  std::vector<Exchange> history = {{"Show the products in the category Tents", ""}};
  for (const auto& [said, asked] : std::vector<std::pair<std::string, std::string>>{
           {"only those that cost less than 300 euros",
            "Show the products in the category Tents that cost less than 300 euros."},
           {"sort them by price",
            "Show the products in the category Tents that cost less than 300 euros sorted by "
            "price."},
           {"how many are there?",
            "How many products in the category Tents that cost less than 300 euros are there?"},
           {"and in Footwear?",
            "How many products in the category Footwear that cost less than 300 euros are "
            "there?"}}) {
    const Rewriting rewriting = rewritten(said, history);
    EXPECT_TRUE(rewriting.is_follow_up);
    EXPECT_EQ(rewriting.question, asked);
    history.push_back({rewriting.question, ""});
  }
}

TEST_F(Rewriter, QuotedValuesStayWhole) {
  EXPECT_EQ(
      rewritten("What is its price?", {{"Show the product named \"Trail Boot\"", ""}}).question,
      "What is the price of the product named \"Trail Boot\"?");
}

TEST_F(Rewriter, WhatIsTooLongStandsAlone) {
  std::string many = "Show the customers";
  for (int i = 0; i < 200; ++i) many += " and orders";
  EXPECT_FALSE(rewritten("how many are there?", {{many, ""}}).is_follow_up);
  EXPECT_FALSE(rewritten("and " + many, {{"Show all stores", ""}}).is_follow_up);
  const std::string word(max_question_bytes + 1, 'a');
  EXPECT_EQ(rewritten(word, {{"Show all stores", ""}}).question, word);
}

TEST_F(Rewriter, BrokenBytesAreMended) {
  const Rewriting rewriting =
      rewritten("and in \xFFGermany?", {{"How many \xC3 stores are there?", ""}});
  EXPECT_TRUE(text::is_valid_utf8(rewriting.question));
}

/// Words of conversations and of the shop, signs and raw bytes, mixed.
rc::Gen<std::string> sayings() {
  const auto piece = rc::gen::oneOf(
      rc::gen::element<std::string>(
          "and", "what about", "of those", "their", "names", "customers", "the", "that", "which",
          "who", "one", "ones", "by", "country", "for each", "sorted by price", "how many", "are",
          "there", "only", "in", "Germany", "2023", "top 5", "100", "oldest", "Show", "of", ",",
          "?", "\"", "'", "\xFF", "é", "日本", "it", "do", "they", "have", "most", "also", "add"),
      rc::gen::arbitrary<std::string>());
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const auto& each : pieces) text += each + ' ';
                        return text;
                      });
}

TEST_F(Rewriter, WhateverIsSaidComesOutBoundedAndValid) {
  EXPECT_TRUE(rc::check([] {
    const std::string said = *sayings();
    const std::string before = *sayings();
    const Rewriting rewriting = rewritten(said, {{before, ""}});
    RC_ASSERT(text::is_valid_utf8(rewriting.question));
    RC_ASSERT(!rewriting.is_follow_up || rewriting.question.size() <= max_question_bytes);
    RC_ASSERT(rewriting.is_follow_up || rewriting.question == text::to_valid_utf8(said));
    const Rewriting again = rewritten(said, {{before, ""}});
    RC_ASSERT(again.question == rewriting.question);
    RC_ASSERT(again.is_follow_up == rewriting.is_follow_up);
  }));
}

TEST_F(Rewriter, WithoutHistoryTextsStayAsTheyAre) {
  EXPECT_TRUE(rc::check([] {
    const std::string said = text::to_valid_utf8(*sayings());
    const Rewriting rewriting = rewritten(said, {});
    RC_ASSERT(!rewriting.is_follow_up);
    RC_ASSERT(rewriting.question == said);
  }));
}

}  // namespace
}  // namespace idi::dialogue
