// Statements made to hurt: deep, long, broken. All end in an error, none in a crash.
#include <gtest/gtest.h>

#include "idi/sql/translate.hpp"
#include "select_parser.hpp"
#include "shop.hpp"
#include "tokenizer.hpp"

namespace idi::sql {
namespace {

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

std::string verdict(const std::string& sql) {
  const auto query = to_ir(sql, testing::shop_schema());
  return query ? "ok" : std::string(error_code_name(query.error().code));
}

TEST(Limits, DepthIsBounded) {
  const std::string start = "SELECT name FROM customer WHERE age > ";
  EXPECT_EQ(verdict(start + repeated("(", 10) + "3" + repeated(")", 10)), "ok");
  EXPECT_EQ(verdict(start + repeated("(", 30'000) + "3" + repeated(")", 30'000)), "limit_exceeded");
  EXPECT_EQ(verdict(start + repeated("- ", 40'000) + "3"), "limit_exceeded");
  EXPECT_EQ(verdict(start + repeated("(SELECT age FROM customer WHERE age > ", 2'000) + "3" +
                    repeated(")", 2'000)),
            "limit_exceeded");
}

TEST(Limits, LengthIsBounded) {
  const std::string start = "SELECT name FROM customer WHERE age > 3";
  EXPECT_EQ(verdict(start + repeated(" AND age > 3", 900)), "ok");
  EXPECT_EQ(verdict(start + repeated(" AND age > 3", 5'000)), "limit_exceeded");
  EXPECT_EQ(verdict(start + repeated(" + 1", 20'000)), "limit_exceeded");
  EXPECT_EQ(verdict("SELECT name FROM city" + repeated(" UNION SELECT name FROM city", 3'000)),
            "limit_exceeded");
  EXPECT_EQ(verdict(repeated("SELECT ", 20'000)), "limit_exceeded") << "bytes";
}

TEST(Limits, BrokenStatementsAreRejected) {
  const std::string sql =
      "SELECT T1.name, count(*) FROM customer AS T1 JOIN orders AS T2 ON T1.id = T2.customer_id "
      "WHERE T1.age BETWEEN 3 AND 5 AND T1.name IN ('a', 'b') GROUP BY T1.id HAVING count(*) > 2 "
      "ORDER BY count(*) DESC LIMIT 3";
  EXPECT_EQ(verdict(sql), "ok");
  int errors = 0;
  for (std::size_t length = 0; length < sql.size(); ++length) {
    if (verdict(sql.substr(0, length)) != "ok") ++errors;
  }
  EXPECT_GT(errors, 100);
}

TEST(Limits, AliasesThatMeanEachOtherEnd) {
  EXPECT_EQ(verdict("SELECT a + 1 AS a FROM customer ORDER BY a"), "sql_rejected");
  EXPECT_EQ(verdict("SELECT age + 1 AS a, id AS b FROM customer GROUP BY b HAVING a > b"), "ok");
}

}  // namespace
}  // namespace idi::sql
