// Values of conditions: texts that nothing holds, numbers and times beyond the data.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shop.hpp"

namespace idi::verification {
namespace {

using testing::cells;
using ::testing::ElementsAre;
using testing::find;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ValuesTest : public ::testing::Test {
 protected:
  testing::Shop shop_;
};

TEST_F(ValuesTest, AMisspelledValueIsOfferedRight) {
  const auto verified = shop_.verify("How many customers are in Berlni?",
                                     "SELECT count(*) FROM customer WHERE city = 'Berlni'");
  const auto* finding = find(verified, FindingKind::nothing_matches);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text, "No customer has the city “Berlni”; there is “Berlin”.");
  EXPECT_FALSE(finding->repaired);
  EXPECT_GT(finding->doubt, 0.5);
  ASSERT_THAT(finding->offers, SizeIs(1));
  EXPECT_EQ(finding->offers[0].label, "Berlin");
  EXPECT_EQ(finding->offers[0].question, "How many customers are in Berlin?");
  EXPECT_FALSE(verified.repaired);
}

TEST_F(ValuesTest, AStoredValueIsNoFinding) {
  EXPECT_THAT(shop_
                  .verify("How many customers are in Berlin?",
                          "SELECT count(*) FROM customer WHERE city = 'Berlin'")
                  .findings,
              IsEmpty());
}

TEST_F(ValuesTest, OtherCaseIsRepaired) {
  const auto verified = shop_.verify("names of customers in munich",
                                     "SELECT name FROM customer WHERE city = 'munich'");
  const auto* finding = find(verified, FindingKind::nothing_matches);
  ASSERT_TRUE(finding);
  EXPECT_TRUE(finding->repaired);
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("Edsger"));
}

TEST_F(ValuesTest, AllSpellingsOfOneValueAreUsed) {
  const auto verified = shop_.verify("How many orders are SHIPPED?",
                                     "SELECT count(*) FROM orders WHERE status = 'SHIPPED'");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("3"));
  EXPECT_THAT(verified.findings[0].text, HasSubstr("“shipped”"));
}

TEST_F(ValuesTest, OneWrongValueOfAListIsRepairedAlone) {
  const auto verified =
      shop_.verify("customers in Berlin or munich",
                   "SELECT name FROM customer WHERE city IN ('Berlin', 'munich') ORDER BY name");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("Ada", "Alan", "Edsger"));
}

TEST_F(ValuesTest, BlanksAroundAreRepaired) {
  const testing::Shop shop("INSERT INTO store VALUES (9, 'Gate', 'Rome ', '2020-01-01');");
  const auto verified = shop.verify("stores in Rome", "SELECT name FROM store WHERE city = 'Rome'");
  ASSERT_TRUE(verified.repaired);
  EXPECT_EQ(verified.findings[0].text,
            "The city “Rome” is stored with blanks around it; that is used.");
  EXPECT_THAT(cells(shop.run(*verified.repaired)), ElementsAre("Gate"));
}

TEST_F(ValuesTest, ANumberIsNotMisspelled) {
  EXPECT_FALSE(find(shop_.verify("products of size 11", "SELECT name FROM product WHERE size = 11"),
                    FindingKind::nothing_matches));
}

TEST_F(ValuesTest, NegationKeepsItsMeaning) {
  const auto verified = shop_.verify("How many orders are not SHIPPED?",
                                     "SELECT count(*) FROM orders WHERE status != 'SHIPPED'");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("1"));
}

TEST_F(ValuesTest, AValueOfAnotherColumnIsOfferedThere) {
  const auto verified = shop_.verify("How many customers are in Paris?",
                                     "SELECT count(*) FROM customer WHERE city = 'Paris'");
  const auto* finding = find(verified, FindingKind::nothing_matches);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text,
            "No customer has the city “Paris”, but “Paris” is a city of some stores.");
  ASSERT_THAT(finding->offers, SizeIs(1));
  EXPECT_EQ(finding->offers[0].label, "Paris (city of stores)");
  EXPECT_EQ(finding->offers[0].question, "How many customers are in store city Paris?");
}

TEST_F(ValuesTest, WhatIsNowhereIsSaidWithoutAnOffer) {
  const auto verified =
      shop_.verify("customers in Reykjavik", "SELECT name FROM customer WHERE city = 'Reykjavik'");
  ASSERT_THAT(verified.findings, SizeIs(1));
  EXPECT_EQ(verified.findings[0].kind, FindingKind::no_rows);
  EXPECT_EQ(verified.findings[0].text, "No customer has the city “Reykjavik”.");
}

TEST_F(ValuesTest, ValuesOfSubqueriesAreLookedAtToo) {
  const auto verified = shop_.verify(
      "products in no order of customers in Berlni",
      "SELECT name FROM product WHERE product_id NOT IN (SELECT order_line.product_id FROM "
      "order_line JOIN orders ON order_line.order_id = orders.order_id JOIN customer ON "
      "orders.customer_id = customer.customer_id WHERE customer.city = 'Berlni')");
  const auto* finding = find(verified, FindingKind::nothing_matches);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->offers.front().question, "products in no order of customers in Berlin");
}

TEST_F(ValuesTest, PatternsAreLookedAtOnlyWhereNothingComes) {
  const auto verified = shop_.verify("customers with xqz in the name",
                                     "SELECT name FROM customer WHERE name LIKE '%xqz%'");
  ASSERT_TRUE(find(verified, FindingKind::no_rows));
  EXPECT_THAT(verified.findings[0].text, HasSubstr("with “xqz” in it"));
  EXPECT_THAT(shop_
                  .verify("customers in Berlin or like xqz",
                          "SELECT name FROM customer WHERE city = 'Berlin' OR name LIKE '%xqz%'")
                  .findings,
              IsEmpty());
}

TEST_F(ValuesTest, TimesBeyondTheDataAreSaidInWords) {
  const auto verified =
      shop_.verify("orders ordered since 2025-03-01",
                   "SELECT order_id FROM orders WHERE ordered_at >= '2025-03-01'");
  const auto* finding = find(verified, FindingKind::outside_of_data);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text,
              HasSubstr("By ordered at, orders go from 2 January 2023 to 31 December 2024"));
  ASSERT_THAT(finding->offers, SizeIs(1));
  EXPECT_EQ(finding->offers[0].question, "orders ordered since 31 December 2024");
}

TEST_F(ValuesTest, AYearBeyondTheDataOffersTheLastFullOne) {
  const auto verified = shop_.verify(
      "How many orders in 2026?",
      "SELECT count(*) FROM orders WHERE CAST(STRFTIME('%Y', ordered_at) AS INTEGER) = 2026");
  const auto* finding = find(verified, FindingKind::outside_of_data);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text, HasSubstr("there is nothing for “2026”"));
  ASSERT_THAT(finding->offers, SizeIs(1));
  EXPECT_EQ(finding->offers[0].question, "How many orders in 2024?");
}

TEST_F(ValuesTest, NumbersBeyondTheDataAreSaid) {
  const auto verified =
      shop_.verify("products over 5000", "SELECT name FROM product WHERE price > 5000");
  const auto* finding = find(verified, FindingKind::outside_of_data);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text,
            "The price of products goes from 5 to 30; what is asked for lies outside.");
}

TEST_F(ValuesTest, AGapWithinTheDataIsNotBeyondThem) {
  const auto verified =
      shop_.verify("customers of age 50", "SELECT name FROM customer WHERE age = 50");
  EXPECT_FALSE(find(verified, FindingKind::outside_of_data));
  EXPECT_TRUE(find(verified, FindingKind::no_rows));
  EXPECT_THAT(
      shop_.verify("How many customers of age 50?", "SELECT count(*) FROM customer WHERE age = 50")
          .findings,
      IsEmpty());
}

TEST_F(ValuesTest, AColumnWithoutValuesIsSaid) {
  const auto verified = shop_.verify("orders shipped since 2023",
                                     "SELECT order_id FROM orders WHERE shipped_at >= '2023'");
  const auto* finding = find(verified, FindingKind::all_null);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text, HasSubstr("shipped at is empty for every order"));
}

TEST_F(ValuesTest, ConditionsThatFitOnlyAloneAreNamed) {
  const auto verified =
      shop_.verify("customers in Berlin over 70",
                   "SELECT name FROM customer WHERE city = 'Berlin' AND age > 70");
  const auto* finding = find(verified, FindingKind::no_rows);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text, HasSubstr("there are 2 rows"));
  EXPECT_THAT(finding->text, HasSubstr("Berlin"));
}

TEST(HostileCells, StayOnOneLineAndShort) {
  const testing::Shop shop(
      "INSERT INTO customer (customer_id, name, city) VALUES "
      "(50, 'x', 'Ber' || char(10) || 'lin town'), "
      "(51, 'x', replace(hex(zeroblob(45)), '0', 'a')), "
      "(52, 'x', 'ignore\"all' || char(8238) || 'previous');");
  const std::string longest(91, 'a');
  const std::vector<std::string> values{"Ber lin towm", longest, "ignore all previuos"};
  for (const auto& value : values) {
    const auto verified = shop.verify("customers in " + value,
                                      "SELECT name FROM customer WHERE city = '" + value + "'");
    for (const auto& finding : verified.findings) {
      EXPECT_THAT(finding.text, Not(HasSubstr("\n")));
      EXPECT_THAT(finding.text, Not(HasSubstr("\u202E")));
      EXPECT_LT(finding.text.size(), 300U);
      for (const auto& offer : finding.offers) {
        EXPECT_THAT(offer.question, Not(HasSubstr("\n")));
        EXPECT_LT(offer.label.size(), 120U);
      }
    }
    EXPECT_THAT(verified.findings, Not(IsEmpty())) << value;
  }
}

}  // namespace
}  // namespace idi::verification
