#include "idi/engine/word_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "idi/link/linker.hpp"
#include "shop_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SupportTest : public ::testing::Test {
 protected:
  testing::ShopFile file_;
  std::shared_ptr<const Source> source_ = testing::open_source(file_);
  WordSupport support(std::string_view question) {
    return support_of(source_->linker().link(question));
  }
};

TEST_F(SupportTest, NamesContentWordsAlone) {
  EXPECT_THAT(support("What is the zorblax of each customer?").unknown, ElementsAre("zorblax"));
  EXPECT_THAT(support("How many of the most customers in Berlin?").unknown, IsEmpty());
  EXPECT_THAT(support("Which five customers, or 17, or 3.5?").unknown, IsEmpty());
}

TEST_F(SupportTest, NothingIsNothing) {
  EXPECT_TRUE(support("What is the meaning of life?").is_nothing());
  EXPECT_TRUE(support("今天天气怎么样？").is_nothing());
  EXPECT_TRUE(support("What is 2 + 2?").is_nothing());
  EXPECT_TRUE(support("how many are there").is_nothing());
  EXPECT_FALSE(support("Who lives in Berlin?").is_nothing());
  EXPECT_FALSE(support("average age").is_nothing());
}

TEST_F(SupportTest, TheShareFallsWithUnknownWords) {
  EXPECT_DOUBLE_EQ(support("average age of customers").share(), 1);
  EXPECT_LT(support("average zorblax age of customers").share(), 1);
  EXPECT_LT(support("zorblax frobnicating customers").share(),
            support("zorblax customers").share());
}

}  // namespace
}  // namespace idi::engine
