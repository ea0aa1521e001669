// What the result shows, groups, limits of time and number, texts of a model's own SQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

#include "shop.hpp"

namespace idi::verification {
namespace {

using testing::find;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ResultTest : public ::testing::Test {
 protected:
  testing::Shop shop_;
};

TEST_F(ResultTest, WhichRowsALimitShowsIsChance) {
  const auto verified = shop_.verify("show 3 customers", "SELECT name FROM customer LIMIT 3");
  ASSERT_THAT(verified.findings, SizeIs(1));
  EXPECT_EQ(verified.findings[0].kind, FindingKind::limit_without_order);
  EXPECT_EQ(verified.findings[0].text,
            "3 of 7 customers are shown; which ones is chance, because nothing says how to sort "
            "them.");
  EXPECT_THAT(shop_.verify("show 10 customers", "SELECT name FROM customer LIMIT 10").findings,
              IsEmpty());
}

TEST_F(ResultTest, TiesAtTheEndAreCounted) {
  const auto verified = shop_.verify("Which product has the highest price?",
                                     "SELECT name FROM product ORDER BY price DESC LIMIT 1");
  ASSERT_THAT(verified.findings, SizeIs(1));
  EXPECT_EQ(verified.findings[0].kind, FindingKind::ties_cut);
  EXPECT_THAT(verified.findings[0].text, HasSubstr("3 products share the highest price, 30"));
  EXPECT_THAT(verified.findings[0].text, HasSubstr("2 of them are not shown"));
  ASSERT_THAT(verified.findings[0].offers, SizeIs(1));
  EXPECT_EQ(verified.findings[0].offers[0].question,
            "Which product has the highest price (top 3)?");
}

TEST_F(ResultTest, TheNumberOfTheQuestionIsReplaced) {
  const auto verified = shop_.verify("top 2 products by price",
                                     "SELECT name FROM product ORDER BY price DESC LIMIT 2");
  ASSERT_TRUE(find(verified, FindingKind::ties_cut));
  EXPECT_EQ(verified.findings[0].offers[0].question, "top 3 products by price");
}

TEST_F(ResultTest, NoTiesNoFinding) {
  EXPECT_THAT(
      shop_.verify("the oldest customer", "SELECT name FROM customer ORDER BY age DESC LIMIT 1")
          .findings,
      IsEmpty());
  EXPECT_THAT(
      shop_
          .verify("top 3 products by price", "SELECT name FROM product ORDER BY price DESC LIMIT 3")
          .findings,
      IsEmpty());
}

TEST_F(ResultTest, TiedGroupsAreFoundToo) {
  const auto verified =
      shop_.verify("the size that most products have",
                   "SELECT size FROM product GROUP BY size ORDER BY count(*) DESC LIMIT 1");
  ASSERT_TRUE(find(verified, FindingKind::ties_cut));
}

TEST_F(ResultTest, EmptyColumnsAreSaid) {
  const auto verified =
      shop_.verify("names and discounts of customers", "SELECT name, discount FROM customer");
  ASSERT_THAT(verified.findings, SizeIs(1));
  EXPECT_EQ(verified.findings[0].kind, FindingKind::all_null);
  EXPECT_EQ(verified.findings[0].text, "“discount” is empty in every row.");
}

TEST_F(ResultTest, ColumnsThatDifferWithinAGroupAreSaid) {
  const auto verified = shop_.verify("cities with their customers",
                                     "SELECT name, city, count(*) FROM customer GROUP BY city");
  ASSERT_TRUE(find(verified, FindingKind::ungrouped_column));
  EXPECT_THAT(shop_
                  .verify("names of customers by number",
                          "SELECT name, city, count(*) FROM customer GROUP BY customer_id")
                  .findings,
              IsEmpty());
  EXPECT_THAT(shop_
                  .verify("the oldest customer of each city",
                          "SELECT name, max(age) FROM customer GROUP BY city")
                  .findings,
              IsEmpty());
}

TEST_F(ResultTest, OfAModelsOwnSqlTheResultIsLookedAt) {
  const auto linked = shop_.linker().link("customers");
  const std::string sql = "SELECT name, NULL AS note FROM customer";
  const auto result = shop_.run(sql);
  const auto verified = verify({linked, shop_.linker(), nullptr, sql, result}, shop_.connection(),
                               {}, Deadline::never(), {});
  ASSERT_TRUE(verified);
  ASSERT_THAT(verified->findings, SizeIs(1));
  EXPECT_EQ(verified->findings[0].kind, FindingKind::all_null);
  const ResultTable empty{{"name"}, {}, false};
  const auto nothing = verify({linked, shop_.linker(), nullptr, sql, empty}, shop_.connection(), {},
                              Deadline::never(), {});
  ASSERT_TRUE(nothing);
  ASSERT_THAT(nothing->findings, SizeIs(1));
  EXPECT_EQ(nothing->findings[0].kind, FindingKind::no_rows);
}

TEST_F(ResultTest, CancellingAndTheDeadlineEndIt) {
  const auto linked = shop_.linker().link("customers in Berlni");
  const std::string sql = "SELECT name FROM customer WHERE city = 'Berlni'";
  const auto query = shop_.tree(sql);
  const ResultTable result{{"name"}, {}, false};
  const Subject subject{linked, shop_.linker(), &query, sql, result};
  std::stop_source stop;
  stop.request_stop();
  const auto cancelled =
      verify(subject, shop_.connection(), {}, Deadline::never(), stop.get_token());
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
  const auto late =
      verify(subject, shop_.connection(), {}, Deadline::after(std::chrono::milliseconds(0)), {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::timeout);
}

TEST_F(ResultTest, ChecksThatDoNotFitAreLeftOut) {
  const char* question = "Which product has the highest price?";
  const char* sql = "SELECT name FROM product ORDER BY price DESC LIMIT 1";
  VerifyLimits no_queries;
  no_queries.max_queries = 0;
  EXPECT_THAT(shop_.verify(question, sql, no_queries).findings, IsEmpty());
  VerifyLimits no_time;
  no_time.budget_ms = 0;
  EXPECT_THAT(shop_.verify(question, sql, no_time).findings, IsEmpty());
}

TEST(ManyRows, ACheckThatTakesTooManyStepsIsLeftOut) {
  const testing::Shop shop(
      "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
      "INSERT INTO product (product_id, name, price) SELECT i, 'p' || i, 30 FROM n;");
  const char* question = "Which product has the highest price?";
  const char* sql = "SELECT name FROM product ORDER BY price DESC LIMIT 1";
  VerifyLimits few;
  few.check_steps = 20'000;
  EXPECT_THAT(shop.verify(question, sql, few).findings, IsEmpty());
  VerifyLimits many;
  many.check_steps = 0;
  many.check_timeout_ms = many.budget_ms = 60'000;
  EXPECT_TRUE(find(shop.verify(question, sql, many), FindingKind::ties_cut));
}

TEST_F(ResultTest, TheSameAgain) {
  const auto once = shop_.verify("How many customers are in Paris?",
                                 "SELECT count(*) FROM customer WHERE city = 'Paris'");
  const auto again = shop_.verify("How many customers are in Paris?",
                                  "SELECT count(*) FROM customer WHERE city = 'Paris'");
  ASSERT_EQ(once.findings.size(), again.findings.size());
  for (std::size_t i = 0; i < once.findings.size(); ++i) {
    EXPECT_EQ(once.findings[i].text, again.findings[i].text);
  }
}

}  // namespace
}  // namespace idi::verification
