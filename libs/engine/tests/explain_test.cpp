#include "idi/engine/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/sql/translate.hpp"
#include "shop_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

struct Case {
  const char* sql;
  const char* text;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.sql; }

class ExplainTest : public ::testing::TestWithParam<Case> {};

TEST_P(ExplainTest, SaysWhatTheSqlDoes) {
  static const Schema schema = testing::shop_schema();
  const auto query = sql::to_ir(GetParam().sql, schema);
  ASSERT_TRUE(query) << query.error().to_text();
  EXPECT_EQ(explain(*query, schema).text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Sql, ExplainTest,
    ::testing::Values(
        Case{"SELECT count(*) FROM customer", "Counts the rows of customer."},
        Case{"SELECT count(*) FROM customer WHERE city = 'Berlin'",
             "Counts the rows of customer where city is 'Berlin'."},
        Case{"SELECT name, age FROM customer ORDER BY age DESC LIMIT 3",
             "Shows name and age of customer, sorted by age (largest first), only the first 3 "
             "rows."},
        Case{"SELECT DISTINCT city FROM customer", "Shows the different city of customer."},
        Case{"SELECT avg(age), max(age) FROM customer WHERE age > 30 AND city <> 'Munich'",
             "Shows the average age and the largest age of customer where age is greater than 30 "
             "and city is not 'Munich'."},
        Case{"SELECT count(DISTINCT city) FROM customer",
             "Shows the number of different cities of customer."},
        Case{"SELECT T1.name, sum(T2.amount) FROM customer T1 JOIN purchase T2 ON T1.customer_id = "
             "T2.customer_id GROUP BY T1.name HAVING count(*) > 1",
             "Shows name of customer and the total of amount of purchase, for each name of "
             "customer, only if the number of rows of purchase is greater than 1."},
        Case{
            "SELECT name FROM customer WHERE customer_id NOT IN (SELECT customer_id FROM purchase)",
            "Shows name of customer where customer id of customer is not among (customer id of "
            "purchase)."},
        Case{"SELECT name FROM customer WHERE name LIKE 'A%' OR age IS NULL",
             "Shows name of customer where name starts with 'A' or age is missing."},
        Case{"SELECT name FROM customer WHERE age BETWEEN 40 AND 50",
             "Shows name of customer where age is between 40 and 50."},
        Case{"SELECT city FROM customer INTERSECT SELECT city FROM store",
             "Shows city of customer. Keeps what is also in: city of store."},
        Case{"SELECT name FROM customer WHERE age > (SELECT avg(age) FROM customer)",
             "Shows name of customer where age is greater than (the average age of customer)."}));

TEST(Explain, ListsWhatIsUsed) {
  const Schema schema = testing::shop_schema();
  const auto query = sql::to_ir(
      "SELECT T1.name FROM customer T1 JOIN purchase T2 ON T1.customer_id = T2.customer_id WHERE "
      "T2.status = 'open' AND T2.amount > 5",
      schema);
  ASSERT_TRUE(query) << query.error().to_text();
  const auto explanation = explain(*query, schema);
  EXPECT_THAT(explanation.tables, UnorderedElementsAre("customer", "purchase"));
  EXPECT_THAT(explanation.columns,
              UnorderedElementsAre("customer.name", "purchase.status", "purchase.amount"));
  EXPECT_THAT(explanation.values, ElementsAre("open", "5"));
}

}  // namespace
}  // namespace idi::engine
