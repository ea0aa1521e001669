// Parts: how texts are worded, which words of the question are meant, how joins stand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "asked_words.hpp"
#include "idi/sql/join_planner.hpp"
#include "ir_trees.hpp"
#include "join_shape.hpp"
#include "shop.hpp"
#include "wording.hpp"

namespace idi::verification {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(EditDistance, CountsLettersUpToItsBound) {
  EXPECT_EQ(edit_distance("berlin", "berlin", 3), 0U);
  EXPECT_EQ(edit_distance("berlni", "berlin", 3), 1U);  // swapped
  EXPECT_EQ(edit_distance("brlin", "berlin", 3), 1U);
  EXPECT_EQ(edit_distance("", "abc", 3), 3U);
  EXPECT_EQ(edit_distance("abcdef", "uvwxyz", 2), 3U);
  EXPECT_EQ(edit_distance("a", "abcdefgh", 2), 3U);
}

TEST(Wording, NumbersDaysAndCells) {
  EXPECT_EQ(in_words(std::int64_t{1999}), "1999");
  EXPECT_EQ(in_words(std::int64_t{1234567}), "1,234,567");
  EXPECT_EQ(in_words(std::int64_t{-12345}), "-12,345");
  EXPECT_EQ(in_words(Value(2.5)), "2.5");
  EXPECT_EQ(in_words(Value(-30.0)), "-30");
  EXPECT_EQ(in_words(Value(Null{})), "empty");
  EXPECT_EQ(day_in_words(Value(std::string("2023-01-02 10:00:00"))), "2 January 2023");
  EXPECT_EQ(day_in_words(Value(std::string("2023-13-02"))), std::nullopt);
  EXPECT_EQ(day_in_words(Value(std::string("soon"))), std::nullopt);
  EXPECT_EQ(in_quotes("a\nb\tc"), "“a b c”");
  EXPECT_EQ(in_quotes(std::string(50, 'x')), "“" + std::string(40, 'x') + "…”");
  EXPECT_EQ(in_quotes("\xff"), "“\uFFFD”");
  EXPECT_EQ(quoted_list({"a", "b", "c", "d"}, "and"), "“a”, “b” and “c”");
}

TEST(Wording, WhatCannotBeReadIsNotOffered) {
  EXPECT_TRUE(can_be_offered("New York"));
  EXPECT_TRUE(can_be_offered("Åre"));
  for (const char* cell : {"", " Berlin", "a\nb", "a\"b", "a\u202Eb", "a\u0085b", "\xff"}) {
    EXPECT_FALSE(can_be_offered(cell)) << cell;
  }
  EXPECT_FALSE(can_be_offered(std::string(61, 'x')));
}

TEST(AskedWords, TheQuestionKeepsAllElse) {
  const testing::Shop shop;
  const auto asked = shop.linker().link("Who lives in \"Berlni\", exactly?");
  const auto span = span_of({ir::Literal::Kind::text, "Berlni", -1}, asked);
  ASSERT_TRUE(span);
  EXPECT_EQ(asked_with(asked, *span, "Berlin"), "Who lives in \"Berlin\", exactly?");
  EXPECT_EQ(asked_with_addition(asked, "(top 3)"), "Who lives in \"Berlni\", exactly (top 3)?");
  EXPECT_FALSE(span_of({ir::Literal::Kind::text, "Reykjavik", -1}, asked));
  EXPECT_FALSE(span_of({ir::Literal::Kind::text, "", -1}, asked));
  EXPECT_EQ(asked_with_addition(shop.linker().link("???"), "(top 3)"), "??? (top 3)");
}

TEST(AskedWords, WhatIsCountedIsTheNounAfterHowMany) {
  const testing::Shop shop;
  const int customer = *shop.schema().find_table("customer");
  const auto counted = [&](const char* question) {
    return counted_in(shop.linker().link(question), customer);
  };
  EXPECT_EQ(counted("How many customers have orders?"), Counted::this_table);
  EXPECT_EQ(counted("the number of young customers in Berlin"), Counted::this_table);
  EXPECT_EQ(counted("Count customers"), Counted::this_table);
  EXPECT_EQ(counted("How many orders of customers?"), Counted::another);
  EXPECT_EQ(counted("How many customer visits?"), Counted::another);
  EXPECT_EQ(counted("Which customers have orders?"), Counted::unknown);
}

class JoinShapeTest : public ::testing::Test {
 protected:
  [[nodiscard]] JoinShape shape_of(const std::string& sql) const {
    return *JoinShape::of(shop_.tree(sql), shop_.schema(), planner_);
  }
  [[nodiscard]] int table(const char* name) const { return *shop_.schema().find_table(name); }
  testing::Shop shop_;
  sql::JoinPlanner planner_{shop_.schema()};
};

TEST_F(JoinShapeTest, KeysTellWhichSideIsMany) {
  const auto shape = shape_of(
      "SELECT customer.name, order_line.quantity FROM customer JOIN orders ON "
      "customer.customer_id = orders.customer_id JOIN order_line ON orders.order_id = "
      "order_line.order_id");
  EXPECT_TRUE(shape.multiplies(table("customer")));
  EXPECT_TRUE(shape.multiplies(table("orders")));
  EXPECT_FALSE(shape.multiplies(table("order_line")));
  EXPECT_THAT(shape.multipliers(table("customer")), ElementsAre(table("orders")));
  EXPECT_THAT(shape.multipliers(table("order_line")), IsEmpty());
  EXPECT_EQ(shape.finest(shape.tables()), table("order_line"));
}

TEST_F(JoinShapeTest, ColumnsFollowFromKeysAndJoins) {
  const auto shape = shape_of(
      "SELECT customer.name, orders.amount FROM customer JOIN orders ON customer.customer_id = "
      "orders.customer_id");
  const auto column = [&](const char* of, const char* name) {
    return ColumnRef{table(of), *shop_.schema().find_column(table(of), name)};
  };
  const auto known = shape.determined({column("orders", "customer_id")});
  EXPECT_TRUE(known.contains(column("customer", "name")));
  EXPECT_FALSE(known.contains(column("orders", "amount")));
  EXPECT_TRUE(
      shape.determined({column("orders", "order_id")}).contains(column("customer", "city")));
}

}  // namespace
}  // namespace idi::verification
