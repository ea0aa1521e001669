#include "byte_vocabulary.hpp"

#include <gtest/gtest.h>

#include <set>

namespace idi::bench {
namespace {

constexpr const char* text =
    "select name from customer where city = 'Berlin'; select name from store; select 1990, 2000";

TEST(ByteVocabulary, EveryMergeJoinsTwoTokensThatAreThere) {
  const auto vocabulary = make_byte_vocabulary(3'000, text);
  ASSERT_EQ(vocabulary.tokens.size(), 3'000U);
  ASSERT_EQ(vocabulary.merges.size(), 3'000U - 256);
  std::set<std::string> known(vocabulary.tokens.begin(), vocabulary.tokens.begin() + 256);
  ASSERT_EQ(known.size(), 256U);
  for (std::size_t i = 0; i < vocabulary.merges.size(); ++i) {
    const std::string& merge = vocabulary.merges[i];
    const auto blank = merge.find(' ');
    ASSERT_NE(blank, std::string::npos);
    EXPECT_TRUE(known.contains(merge.substr(0, blank))) << merge;
    EXPECT_TRUE(known.contains(merge.substr(blank + 1))) << merge;
    const std::string joined = merge.substr(0, blank) + merge.substr(blank + 1);
    EXPECT_EQ(vocabulary.tokens[256 + i], joined);
    EXPECT_TRUE(known.insert(joined).second) << joined;
  }
}

TEST(ByteVocabulary, FrequentWordsAreOneToken) {
  const auto vocabulary = make_byte_vocabulary(1'000, text);
  const std::set<std::string> tokens(vocabulary.tokens.begin(), vocabulary.tokens.end());
  EXPECT_TRUE(tokens.contains("Ġname"));  // GPT-2's blank
  EXPECT_TRUE(tokens.contains("Ġselect"));
  EXPECT_FALSE(tokens.contains("19"));  // digits stay alone
}

TEST(ByteVocabulary, IsTheSameEveryTime) {
  EXPECT_EQ(make_byte_vocabulary(2'000, text).merges, make_byte_vocabulary(2'000, text).merges);
}

}  // namespace
}  // namespace idi::bench
