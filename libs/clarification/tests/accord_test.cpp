// What a choice does: to the links, to queries, in later questions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shop.hpp"

namespace idi::clarification {
namespace {

using link::CellMatch;
using link::LinkedQuestion;
using link::NameMatch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* in_2023 = " BETWEEN '2023-01-01' AND '2023-12-31'";

class Accord : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { linker_ = testing::shop_linker(); }
  static void TearDownTestSuite() { linker_.reset(); }

  static const Schema& schema() { return linker_->schema(); }
  static LinkedQuestion linked(const std::string& question) { return linker_->link(question); }
  static std::vector<Resolution> chosen(const std::string& card, const std::string& option) {
    return {{card, option, "", ""}};
  }
  static bool accords(const std::string& question, const std::string& sql,
                      const std::vector<Resolution>& resolutions) {
    return in_accord(testing::query_of(sql, schema()), linked(question), schema(), resolutions);
  }
  static bool is_used(const std::string& question, const std::string& sql,
                      const std::vector<Resolution>& resolutions) {
    return !in_use(testing::query_of(sql, schema()), linked(question), schema(), resolutions)
                .empty();
  }
  static NameMatch match(const LinkedQuestion& question, const std::string& word,
                         ColumnRef column) {
    for (std::size_t token = 0; token < question.tokens.size(); ++token) {
      if (question.tokens[token].lower != word) continue;
      const auto at = std::find(question.columns.begin(), question.columns.end(), column);
      if (at == question.columns.end()) return NameMatch::none;
      return question.token_column[token * question.columns.size() +
                                   static_cast<std::size_t>(at - question.columns.begin())];
    }
    ADD_FAILURE() << "no word " << word;
    return NameMatch::none;
  }

  static inline std::shared_ptr<const link::Linker> linker_;
};

constexpr ColumnRef list_price{2, 4};
constexpr ColumnRef paid_price{2, 5};
constexpr ColumnRef billing_city{1, 7};
constexpr ColumnRef shipping_city{1, 8};

TEST_F(Accord, AColumnThatWasChosenIsTheWordsAlone) {
  auto question = linked("the average price of the order lines");
  const auto resolutions = chosen("column:price", "order_lines.paid_price");
  EXPECT_THAT(apply(question, schema(), resolutions), ElementsAre(resolutions[0]));
  EXPECT_EQ(match(question, "price", paid_price), NameMatch::exact);
  EXPECT_EQ(match(question, "price", list_price), NameMatch::none);
  EXPECT_EQ(match(question, "lines", paid_price), NameMatch::none);
}

TEST_F(Accord, TheWordIsKnownByItsStem) {
  auto question = linked("compare the Prices of order lines");
  EXPECT_EQ(apply(question, schema(), chosen("column:price", "order_lines.paid_price")).size(), 1U);
}

TEST_F(Accord, AWordInAnotherNameIsLeftAlone) {
  auto question = linked("the average list price of the order lines");
  const auto before = question.token_column;
  EXPECT_THAT(apply(question, schema(), chosen("column:price", "order_lines.paid_price")),
              IsEmpty());
  EXPECT_EQ(question.token_column, before);
  EXPECT_TRUE(accords("the average list price of the order lines",
                      "SELECT avg(list_price) FROM order_lines",
                      chosen("column:price", "order_lines.paid_price")));
}

TEST_F(Accord, ACellThatWasChosenIsItsColumnsAlone) {
  auto question = linked("orders in Berlin");
  EXPECT_EQ(apply(question, schema(), chosen("value:berlin", "orders.shipping_city")).size(), 1U);
  const auto value = std::find_if(
      question.values.begin(), question.values.end(),
      [](const auto& one) { return one.kind == link::ValueKind::cell && one.text == "Berlin"; });
  ASSERT_NE(value, question.values.end());
  EXPECT_THAT(value->columns, ElementsAre(shipping_city));
  EXPECT_THAT(value->cells, ElementsAre("Berlin"));
  const auto cell = [&](ColumnRef column) {
    const auto at = std::find(question.columns.begin(), question.columns.end(), column);
    return question
        .token_cell[static_cast<std::size_t>(value->token_begin) * question.columns.size() +
                    static_cast<std::size_t>(at - question.columns.begin())];
  };
  EXPECT_EQ(cell(shipping_city), CellMatch::exact);
  EXPECT_EQ(cell(billing_city), CellMatch::none);
}

TEST_F(Accord, WhatDoesNotFitChangesNothing) {
  const std::vector<Resolution> strange{{"column:price", "order_lines.cost", "", ""},
                                        {"column:price", "gone.price", "", ""},
                                        {"column:price", "", "", ""},
                                        {"column:weight", "order_lines.paid_price", "", ""},
                                        {"column:", "order_lines.paid_price", "", ""},
                                        {"table:price", "sales", "", ""},
                                        {"date:orders", "orders.total", "", ""},
                                        {"date:", "orders.ordered_at", "", ""},
                                        {"value:berlin", "customers.name", "", ""},
                                        {"reading:0", "0", "", ""},
                                        {"join:a+b", "x=y", "", ""},
                                        {"measure:best", "count(*orders)", "", ""},
                                        {"nonsense", "orders.total", "", ""},
                                        {"", "", "", ""}};
  const std::string text = "the average price of orders in Berlin in 2023";
  auto question = linked(text);
  const auto before = question;
  EXPECT_THAT(apply(question, schema(), strange), IsEmpty());
  EXPECT_EQ(question.token_column, before.token_column);
  EXPECT_EQ(question.token_table, before.token_table);
  EXPECT_EQ(question.token_cell, before.token_cell);
  const std::string sql = "SELECT avg(list_price) FROM order_lines";
  EXPECT_TRUE(accords(text, sql, strange));
  EXPECT_FALSE(is_used(text, sql, strange));
}

TEST_F(Accord, ADateHoldsForEveryTimeRangeOfItsTable) {
  const auto by_shipping = chosen("date:orders", "orders.shipped_at");
  const std::string of_orders = std::string("SELECT total FROM orders WHERE ordered_at") + in_2023;
  const std::string shipped = std::string("SELECT total FROM orders WHERE shipped_at") + in_2023;
  for (const std::string question : {"orders in 2023", "the total of orders in 2023"}) {
    EXPECT_FALSE(accords(question, of_orders, by_shipping)) << question;
    EXPECT_TRUE(accords(question, shipped, by_shipping)) << question;
    EXPECT_TRUE(is_used(question, shipped, by_shipping)) << question;
  }
}

TEST_F(Accord, ADateIsOfNoUseWhereItIsNotLookedAt) {
  const auto by_shipping = chosen("date:orders", "orders.shipped_at");
  const std::string of_customers =
      std::string("SELECT name FROM customers WHERE registered_at") + in_2023;
  EXPECT_TRUE(accords("customers of 2023", of_customers, by_shipping));
  EXPECT_FALSE(is_used("customers of 2023", of_customers, by_shipping));
  // No time is asked about.
  EXPECT_TRUE(accords("all orders", "SELECT * FROM orders ORDER BY ordered_at", by_shipping));
}

TEST_F(Accord, AQuestionThatNamesADateMeansIt) {
  const auto by_shipping = chosen("date:orders", "orders.shipped_at");
  const std::string sql = std::string("SELECT total FROM orders WHERE ordered_at") + in_2023;
  EXPECT_TRUE(accords("orders that were ordered in 2023", sql, by_shipping));
}

TEST_F(Accord, AMeasureHoldsForTheSameWords) {
  const auto by_count = chosen("measure:best custom", "count(*orders)");
  const std::string start =
      "SELECT customers.name FROM customers JOIN orders ON customers.customer_id = "
      "orders.customer_id GROUP BY customers.customer_id ORDER BY ";
  EXPECT_TRUE(accords("the best customers", start + "count(*) DESC", by_count));
  EXPECT_FALSE(accords("the best customers", start + "sum(orders.total) DESC", by_count));
  EXPECT_TRUE(accords("the best customers by total", start + "sum(orders.total) DESC", by_count));
  EXPECT_TRUE(accords("the best stores", "SELECT name FROM stores ORDER BY name", by_count));
}

TEST_F(Accord, AConnectionHoldsForItsTables) {
  const auto to = chosen("join:stores+transfers", "stores.store_id=transfers.to_store_id");
  const std::string start = "SELECT sum(transfers.units) FROM transfers JOIN stores ON transfers.";
  const std::string end = "_store_id = stores.store_id WHERE stores.city = 'Munich'";
  EXPECT_TRUE(accords("units moved to stores in Munich", start + "to" + end, to));
  EXPECT_FALSE(accords("units moved to stores in Munich", start + "from" + end, to));
  EXPECT_TRUE(accords("stores in Munich", "SELECT name FROM stores WHERE city = 'Munich'", to));
}

TEST_F(Accord, ChoicesStandBesideEachOther) {
  auto question = linked("the average price of order lines of orders in 2023");
  const std::vector<Resolution> both{{"column:price", "order_lines.paid_price", "", ""},
                                     {"date:orders", "orders.shipped_at", "", ""}};
  EXPECT_EQ(apply(question, schema(), both), both);
}

TEST_F(Accord, AppliedTwiceIsAppliedOnce) {
  auto question = linked("the average price of order lines of orders in 2023");
  const std::vector<Resolution> both{{"column:price", "order_lines.paid_price", "", ""},
                                     {"date:orders", "orders.shipped_at", "", ""}};
  static_cast<void>(apply(question, schema(), both));
  const auto once = question.token_column;
  EXPECT_EQ(apply(question, schema(), both), both);
  EXPECT_EQ(question.token_column, once);
}

TEST_F(Accord, LinksOfTheWrongSizeAreLeftAlone) {
  auto question = linked("the average price of the order lines");
  question.token_column.pop_back();
  EXPECT_THAT(apply(question, schema(), chosen("column:price", "order_lines.paid_price")),
              IsEmpty());
}

TEST_F(Accord, EveryOptionOfACardCanBeChosen) {
  const std::string text = "How many orders in 2023?";
  const std::string start = "SELECT count(*) FROM orders WHERE ";
  testing::Reads reads(schema());
  reads.add(0.5, start + "ordered_at" + in_2023).add(0.4, start + "shipped_at" + in_2023);
  const auto alternatives = reads.alternatives();
  const auto card = find_ambiguity(linked(text), schema(), alternatives, {}, nullptr);
  ASSERT_TRUE(card);
  for (const auto& option : card->options) {
    const auto made = chosen(card->id, option.id);
    int left = 0;
    for (const auto& alternative : alternatives) {
      left += in_accord(*alternative.query, linked(text), schema(), made) ? 1 : 0;
    }
    EXPECT_EQ(left, 1) << option.id;
    EXPECT_FALSE(find_ambiguity(linked(text), schema(), alternatives, made, nullptr)) << option.id;
  }
}

TEST_F(Accord, AReadingHoldsForTheSameQuestion) {
  const std::string text = "customers and orders";
  testing::Reads reads(schema());
  reads.add(0.4, "SELECT name FROM customers").add(0.4, "SELECT count(*) FROM orders");
  const auto alternatives = reads.alternatives();
  const auto words = testing::sql_as_words(schema());
  const auto card = find_ambiguity(linked(text), schema(), alternatives, {}, words);
  ASSERT_TRUE(card);
  ASSERT_EQ(card->ambiguity, Ambiguity::reading);
  const auto second = chosen(card->id, card->options.at(1).id);
  EXPECT_FALSE(in_accord(*alternatives[0].query, linked(text), schema(), second));
  EXPECT_TRUE(in_accord(*alternatives[1].query, linked(text), schema(), second));
  EXPECT_TRUE(in_accord(*alternatives[0].query, linked("all customers"), schema(), second));
  EXPECT_FALSE(find_ambiguity(linked(text), schema(), alternatives, {}, nullptr));
}

TEST_F(Accord, AQueryThatFailedOrCannotBeComparedTakesNoPart) {
  testing::Reads reads(schema());
  reads.add(0.4, "SELECT name FROM customers").add(0.4, "SELECT count(*) FROM orders");
  auto alternatives = reads.alternatives();
  alternatives[1].usable = false;
  alternatives.push_back({nullptr, 0.2, 7, true});
  const auto words = testing::sql_as_words(schema());
  EXPECT_FALSE(find_ambiguity(linked("customers and orders"), schema(), alternatives, {}, words));
  EXPECT_FALSE(find_ambiguity(linked("customers"), schema(), {}, {}, words));
}

}  // namespace
}  // namespace idi::clarification
