// What joins do to rows: repeat them, leave them out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ir_trees.hpp"
#include "shop.hpp"

namespace idi::verification {
namespace {

using testing::cells;
using ::testing::ElementsAre;
using testing::find;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class JoinsTest : public ::testing::Test {
 protected:
  testing::Shop shop_;
};

constexpr const char* customers_with_orders =
    "SELECT count(*) FROM customer JOIN orders ON customer.customer_id = orders.customer_id "
    "WHERE orders.ordered_at > '2023-01-01'";

TEST_F(JoinsTest, CustomersAreNotCountedOncePerOrder) {
  const auto verified =
      shop_.verify("How many customers have an order since 2023-01-01?", customers_with_orders);
  ASSERT_TRUE(verified.repaired);
  EXPECT_EQ(verified.findings[0].kind, FindingKind::rows_multiplied);
  EXPECT_EQ(verified.findings[0].text,
            "Each customer was counted once per order; it is counted once now.");
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("2"));
  EXPECT_FALSE(
      shop_.verify("How many customers have an order since 2023-01-01?", *verified.repaired)
          .repaired);
}

TEST_F(JoinsTest, OrdersOfCustomersAreMeantAsOrders) {
  EXPECT_THAT(
      shop_.verify("How many orders do customers have since 2023-01-01?", customers_with_orders)
          .findings,
      IsEmpty());
}

TEST_F(JoinsTest, ConditionalAndRelativeCountsAreLeftAlone) {
  const auto plain = shop_.tree(customers_with_orders);
  for (const bool conditional : {true, false}) {
    ir::AggregateCall call = std::get<ir::AggregateCall>(plain.select.front()->node);
    if (conditional) call.when = plain.where;
    if (!conditional) call.over = ir::Over::share;
    ir::Query query = plain;
    query.select = {make_expression(std::move(call))};
    if (!conditional) {
      query.group_by = {make_expression(ColumnRef{*shop_.schema().find_table("customer"), 2})};
    }
    EXPECT_FALSE(find(shop_.verify("How many customers have an order since 2023-01-01?", query),
                      FindingKind::rows_multiplied))
        << conditional;
  }
}

TEST_F(JoinsTest, ANounOfTwoWordsIsNotItsFirst) {
  EXPECT_THAT(
      shop_.verify("How many customer purchases since 2023-01-01?", customers_with_orders).findings,
      IsEmpty());
}

TEST_F(JoinsTest, TheManySideIsRightAsItIs) {
  EXPECT_FALSE(
      find(shop_.verify("How many orders are from customers in Berlin?",
                        "SELECT count(*) FROM orders JOIN customer ON orders.customer_id = "
                        "customer.customer_id WHERE customer.city = 'Berlin'"),
           FindingKind::rows_multiplied));
}

TEST_F(JoinsTest, ADistinctCountIsRightAsItIs) {
  EXPECT_THAT(shop_
                  .verify("How many customers have an order?",
                          "SELECT count(DISTINCT customer.name) FROM customer JOIN orders ON "
                          "customer.customer_id = orders.customer_id")
                  .findings,
              IsEmpty());
}

TEST_F(JoinsTest, TheAverageOfCustomersIsOneOverCustomers) {
  const auto verified =
      shop_.verify("What is the average age of customers with orders since 2023-01-01?",
                   "SELECT avg(customer.age) FROM customer JOIN orders ON customer.customer_id = "
                   "orders.customer_id WHERE orders.ordered_at > '2023-01-01'");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("40.5"));
  EXPECT_THAT(verified.findings[0].text, HasSubstr("once per order"));
}

TEST_F(JoinsTest, ASumIsShownWithWhatItWouldBeOtherwise) {
  const auto verified =
      shop_.verify("total price of products in orders with quantity 1",
                   "SELECT sum(product.price) FROM product JOIN order_line ON product.product_id = "
                   "order_line.product_id WHERE order_line.quantity = 1");
  EXPECT_FALSE(verified.repaired);
  const auto* finding = find(verified, FindingKind::rows_multiplied);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text,
            "The price of a product is added once per order line: 3 times for 2 products. With "
            "each product once, it would be 35.");
}

TEST_F(JoinsTest, AProductOfBothSidesIsRightAsItIs) {
  EXPECT_THAT(
      shop_
          .verify("total value of order lines",
                  "SELECT sum(product.price * order_line.quantity) FROM product JOIN order_line "
                  "ON product.product_id = order_line.product_id")
          .findings,
      IsEmpty());
}

TEST_F(JoinsTest, RepetitionThatChangesNothingIsNoFinding) {
  EXPECT_THAT(shop_
                  .verify("How many customers have order 3?",
                          "SELECT count(*) FROM customer JOIN orders ON customer.customer_id = "
                          "orders.customer_id WHERE orders.order_id = 3")
                  .findings,
              IsEmpty());
}

TEST_F(JoinsTest, GroupsCountWithinThemselves) {
  const auto verified = shop_.verify(
      "How many customers are there per city with orders?",
      "SELECT customer.city, count(*) FROM customer JOIN orders ON customer.customer_id = "
      "orders.customer_id WHERE orders.amount > 0 GROUP BY customer.city ORDER BY customer.city");
  ASSERT_TRUE(verified.repaired);
  EXPECT_THAT(cells(shop_.run(*verified.repaired)), ElementsAre("Berlin", "1", "Hamburg", "1"));
}

TEST_F(JoinsTest, ProductsWithoutACategoryAreMissedAloud) {
  const auto verified = shop_.verify(
      "products and their categories",
      "SELECT product.name, category.name FROM product JOIN category ON product.category_id = "
      "category.category_id");
  const auto* finding = find(verified, FindingKind::rows_dropped);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text, "Only 1 of 5 products are in this answer; 4 have no category id.");
}

TEST_F(JoinsTest, AConditionOnTheCategoryIsMeant) {
  EXPECT_THAT(shop_
                  .verify("products in the category Books",
                          "SELECT product.name FROM product JOIN category ON "
                          "product.category_id = category.category_id WHERE category.name = "
                          "'Books'")
                  .findings,
              IsEmpty());
}

TEST_F(JoinsTest, EachCustomerIncludesThoseWithoutOrders) {
  const auto verified = shop_.verify(
      "number of orders of each customer",
      "SELECT customer.name, count(*) FROM customer JOIN orders ON customer.customer_id = "
      "orders.customer_id GROUP BY customer.customer_id");
  const auto* finding = find(verified, FindingKind::rows_dropped);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->text, "5 of 7 customers have no orders and are not in this answer.");
  ASSERT_THAT(finding->offers, SizeIs(1));
  EXPECT_EQ(finding->offers[0].question, "Which customers have no orders?");
  EXPECT_LE(finding->doubt, 0.1);
}

TEST_F(JoinsTest, WithoutEachOnlyThoseWithOrdersAreMeant) {
  EXPECT_FALSE(find(shop_.verify("customers and their number of orders",
                                 "SELECT customer.name, count(*) FROM customer JOIN orders ON "
                                 "customer.customer_id = orders.customer_id GROUP BY "
                                 "customer.customer_id"),
                    FindingKind::rows_dropped));
}

}  // namespace
}  // namespace idi::verification
