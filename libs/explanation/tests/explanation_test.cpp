#include "idi/explanation/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/core/text.hpp"
#include "idi/explanation/nouns.hpp"
#include "idi/explanation/phrases.hpp"
#include "idi/sql/translate.hpp"
#include "shop.hpp"

namespace idi::explanation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

ir::Query query_of(const std::string& sql, const Schema& schema) {
  auto query = sql::to_ir(sql, schema);
  EXPECT_TRUE(query) << query.error().to_text();
  return *query;
}

TEST(Explain, ListsWhatIsUsed) {
  const Schema schema = testing::shop_schema();
  const auto explanation =
      explain(query_of("SELECT T1.first_name FROM customers T1 JOIN orders T2 ON T1.customer_id = "
                       "T2.customer_id WHERE T2.status = 'open' AND T2.total > 5",
                       schema),
              schema);
  EXPECT_THAT(explanation.tables, UnorderedElementsAre("customers", "orders"));
  EXPECT_THAT(explanation.columns,
              UnorderedElementsAre("customers.first_name", "orders.status", "orders.total"));
  EXPECT_THAT(explanation.values, ElementsAre("open", "5"));
}

TEST(Explain, NamesEveryJoin) {
  const Schema schema = testing::shop_schema();
  const auto explanation =
      explain(query_of("SELECT T1.name FROM categories T1 JOIN products T2 ON T1.category_id = "
                       "T2.category_id JOIN order_lines T3 ON T3.product_id = T2.product_id WHERE "
                       "T3.quantity > 5",
                       schema),
              schema);
  const auto joins = std::count_if(explanation.parts.begin(), explanation.parts.end(),
                                   [](const Part& part) { return part.kind == PartKind::join; });
  EXPECT_EQ(joins, 2) << explanation.text;
}

TEST(Explain, PointsToTheWordsByBytes) {
  const auto linker = testing::shop_linker();
  const std::string question = "Wie viele… no: how many customers live in Berlin?";
  const auto linked = linker->link(question);
  const auto explanation =
      explain(query_of("SELECT count(*) FROM customers WHERE city = 'Berlin'", linker->schema()),
              linker->schema(), &linked);
  for (const Part& part : explanation.parts) {
    if (part.kind != PartKind::condition) continue;
    ASSERT_EQ(part.words.size(), 1u);
    EXPECT_EQ(question.substr(part.words[0].begin, part.words[0].end - part.words[0].begin),
              "Berlin");
  }
}

TEST(Explain, KeepsHostileValuesOnOneLine) {
  const Schema schema = testing::shop_schema();
  const auto explanation =
      explain(query_of("SELECT name FROM products WHERE name = 'a\n\x1b[31mb\tc' OR name LIKE '%" +
                           std::string(5000, 'x') + "%'",
                       schema),
              schema);
  EXPECT_THAT(explanation.text, HasSubstr("“a [31mb c”"));
  EXPECT_THAT(explanation.text, HasSubstr("xxx…”"));
  EXPECT_LT(explanation.text.size(), 400u);
}

TEST(Explain, KeepsHostileNamesOnOneLine) {
  Schema schema = testing::shop_schema();
  schema.tables[2].columns[3].natural_name = "price\nof\x07 all " + std::string(300, 'y');
  schema.tables[2].natural_name = "";
  const auto explanation = explain(query_of("SELECT price FROM products", schema), schema);
  EXPECT_THAT(explanation.text, HasSubstr("products"));
  EXPECT_THAT(explanation.text, Not(HasSubstr("\n")));
  EXPECT_LT(explanation.text.size(), 150u);
}

TEST(Explain, TellsTablesOfOneNameApart) {
  Schema schema = testing::shop_schema();
  schema.tables[1].natural_name = "order";  // beside "orders"
  EXPECT_EQ(explain(query_of("SELECT count(*) FROM cities", schema), schema).text,
            "Counts orders (cities).");
  EXPECT_EQ(explain(query_of("SELECT count(*) FROM orders", schema), schema).text,
            "Counts orders (orders).");
}

TEST(Explain, CutsWhatIsTooLong) {
  const Schema schema = testing::shop_schema();
  std::string sql = "SELECT name FROM products WHERE price > 0";
  for (int i = 0; i < 400; ++i) sql += " AND price <> " + std::to_string(i);
  const auto explanation = explain(query_of(sql, schema), schema);
  EXPECT_LT(explanation.text.size(), 4100u);
  EXPECT_TRUE(explanation.text.ends_with(" … (the SQL says the rest).")) << explanation.text;
}

TEST(Explain, GoesOnlySoDeep) {
  const Schema schema = testing::shop_schema();
  std::string sql = "SELECT customer_id FROM orders";
  for (int i = 0; i < 20; ++i) {
    const bool odd = i % 2 == 1;
    sql = "SELECT customer_id FROM " + std::string(odd ? "orders" : "customers") +
          " WHERE customer_id IN (" + sql + ")";
  }
  const auto explanation = explain(query_of(sql, schema), schema);
  EXPECT_THAT(explanation.text, HasSubstr("see the SQL"));
}

TEST(Explain, OwnSqlWithoutTreeSaysSo) {
  const Explanation explanation = explain_without_tree();
  ASSERT_EQ(explanation.parts.size(), 1u);
  EXPECT_EQ(explanation.parts[0].text, explanation.text);
}

TEST(UsedWords, AreThoseOfUnusedRanges) {
  const auto linker = testing::shop_linker();
  const std::string question = "How many cancelled orders of female customers are above 100?";
  const auto linked = linker->link(question);
  const auto query =
      query_of("SELECT count(*) FROM orders WHERE status = 'cancelled'", linker->schema());
  const auto used = used_words(query, linker->schema(), linked);
  const auto explanation = explain(query, linker->schema(), &linked);
  std::vector<std::string> words;
  for (const TextRange range : explanation.unused_words) {
    words.push_back(question.substr(range.begin, range.end - range.begin));
  }
  EXPECT_THAT(words, ElementsAre("female", "100"));
  EXPECT_EQ(std::count(used.begin(), used.end(), false), 2);
}

TEST(UsedWords, OfAnEmptyQuestionAreNone) {
  const auto linker = testing::shop_linker();
  const auto linked = linker->link("");
  const auto query = query_of("SELECT count(*) FROM orders", linker->schema());
  EXPECT_TRUE(used_words(query, linker->schema(), linked).empty());
}

TEST(Phrases, AreForOthersSentences) {
  const Schema schema = testing::shop_schema();
  const auto query = query_of(
      "SELECT avg(price) FROM products WHERE price > 3 AND name = 'x' GROUP BY product_id", schema);
  EXPECT_EQ(expression_in_words(query.select[0], schema, true), "the average price");
  EXPECT_EQ(expression_in_words(query.select[0], schema, false), "the average price of products");
  EXPECT_EQ(condition_in_words(query.where, schema, true),
            "the price is above 3 and the name is “x”");
  EXPECT_EQ(key_in_words(query.group_by[0], schema, true), "product");
  EXPECT_EQ(listed({"a", "b", "c"}, "or"), "a, b or c");
  EXPECT_EQ(listed({}), "");
}

TEST(Nouns, HaveASingularAndAPlural) {
  EXPECT_EQ(plural_of("order line"), "order lines");
  EXPECT_EQ(singular_of("categories"), "category");
  EXPECT_EQ(plural_of("status"), "statuses");
  EXPECT_EQ(singular_of("people"), "person");
}

}  // namespace
}  // namespace idi::explanation
