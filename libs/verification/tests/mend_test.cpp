// What the tree alone shows to be wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ir_trees.hpp"
#include "shop.hpp"

namespace idi::verification {
namespace {

using testing::cells;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MendTest : public ::testing::Test {
 protected:
  Verified mended(const std::string& sql) {
    return mend(shop_.tree(sql), shop_.linker().link("whatever was asked"), shop_.linker());
  }
  testing::Shop shop_;
};

TEST_F(MendTest, NumbersWithMarksAreReadAsNumbers) {
  const auto verified = mended("SELECT name FROM product WHERE price > '$12.00'");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)),
              ElementsAre("Atlas", "Globe", "Kite", "Puzzle"));
  EXPECT_EQ(verified.findings[0].kind, FindingKind::type_mismatch);
  EXPECT_TRUE(mended("SELECT name FROM product WHERE price > '1,299'").repaired);
}

TEST_F(MendTest, WordsAreNoNumbers) {
  for (const char* word : {"cheap", "1,5", "12 monkeys", "", "-", "1.", "$"}) {
    const auto verified =
        mended(std::string("SELECT name FROM product WHERE price = '") + word + "'");
    EXPECT_FALSE(verified.repaired) << word;
    ASSERT_THAT(verified.findings, SizeIs(1)) << word;
    EXPECT_FALSE(verified.findings[0].repaired);
    EXPECT_THAT(verified.findings[0].text, HasSubstr("is a number"));
  }
}

TEST_F(MendTest, NumbersStoredAsTextAreComparedAsNumbers) {
  const auto verified = mended("SELECT name FROM product WHERE size > 9 ORDER BY name");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("Ball", "Globe", "Kite"));
}

TEST_F(MendTest, RealTextsAreLeftAlone) {
  EXPECT_THAT(mended("SELECT name FROM customer WHERE city > '5'").findings, IsEmpty());
  EXPECT_THAT(mended("SELECT name FROM product WHERE size = 9").findings, IsEmpty());
  EXPECT_THAT(mended("SELECT name FROM product WHERE price > 9").findings, IsEmpty());
}

TEST_F(MendTest, AFigureBesideAColumnIsOnePerGroup) {
  const auto verified = mended("SELECT city, count(*) FROM customer WHERE age < 46");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(verified.findings[0].text, HasSubstr("for each city"));
  EXPECT_THAT(cells(shop_.run(*verified.repaired)),
              ElementsAre("Berlin", "2", "Hamburg", "1", "Lyon", "1"));
}

TEST_F(MendTest, TheRowOfTheMaximumIsMeant) {
  EXPECT_FALSE(mended("SELECT name, max(age) FROM customer").repaired);
}

TEST_F(MendTest, RowsOfTheSameNameAreKeptApart) {
  const auto verified =
      mended("SELECT customer_id, name, count(*) FROM customer GROUP BY name ORDER BY name");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(shop_.run(*verified.repaired).rows, SizeIs(7));
}

TEST_F(MendTest, WhatFollowsFromTheKeyNeedsNoGroup) {
  EXPECT_THAT(mended("SELECT customer.name, count(*) FROM customer JOIN orders ON "
                     "customer.customer_id = orders.customer_id GROUP BY orders.customer_id")
                  .findings,
              IsEmpty());
  EXPECT_THAT(mended("SELECT city, count(*) FROM customer WHERE city = 'Berlin'").findings,
              IsEmpty());
  EXPECT_THAT(mended("SELECT name FROM customer").findings, IsEmpty());
}

TEST_F(MendTest, BothPartsOfASetOperationAreMended) {
  auto query = shop_.tree("SELECT name FROM customer WHERE age > 40");
  query.set_operator = ir::SetOperator::unite;
  query.set_right = std::make_shared<const ir::Query>(
      shop_.tree("SELECT name FROM product WHERE price > '$12.00'"));
  const auto verified = mend(query, shop_.linker().link("x"), shop_.linker());
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(shop_.run(*verified.repaired).rows, SizeIs(9));
}

}  // namespace
}  // namespace idi::verification
