#include "idi/answerability/answerability.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "idi/link/linker.hpp"
#include "sample_linker.hpp"

namespace idi::answerability {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

WordSupport support(std::string_view question) {
  return support_of(testing::sample_linker("shop")->link(question));
}

TEST(WordSupport, NamesContentWordsAlone) {
  EXPECT_THAT(support("What is the zorblax of each customer?").unknown, ElementsAre("zorblax"));
  EXPECT_THAT(support("How many of the most customers in Berlin?").unknown, IsEmpty());
  EXPECT_THAT(support("Which five customers, or 17, or 3.5?").unknown, IsEmpty());
}

TEST(WordSupport, NothingIsNothing) {
  EXPECT_TRUE(support("What is the meaning of life?").is_nothing());
  EXPECT_TRUE(support("今天天气怎么样？").is_nothing());
  EXPECT_TRUE(support("What is 2 + 2?").is_nothing());
  EXPECT_TRUE(support("how many are there").is_nothing());
  EXPECT_FALSE(support("Who lives in Berlin?").is_nothing());
  EXPECT_FALSE(support("average total").is_nothing());
}

TEST(WordSupport, TheShareFallsWithUnknownWords) {
  EXPECT_DOUBLE_EQ(support("average total of orders").share(), 1);
  EXPECT_LT(support("average zorblax total of orders").share(), 1);
  EXPECT_LT(support("zorblax frobnicating customers").share(),
            support("zorblax customers").share());
}

}  // namespace
}  // namespace idi::answerability
