#include "idi/eval/query_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "idi/core/text.hpp"
#include "sql_scan.hpp"

namespace idi::eval {
namespace {

std::string dropped(std::string_view sql) { return spider_executable_sql(sql, false); }
std::string kept(std::string_view sql) { return spider_executable_sql(sql, true); }

TEST(QueryRules, ComparisonsTornApartAreMended) {
  EXPECT_EQ(kept("SELECT a FROM t WHERE b > = 1 AND c < = 2 AND d ! = 3"),
            "SELECT a FROM t WHERE b >= 1 AND c <= 2 AND d != 3");
  EXPECT_EQ(kept("SELECT '> =' FROM t"),
            "SELECT '>=' FROM t");  // as the official text replace does
}

TEST(QueryRules, EveryTokenDistinctIsDropped) {
  EXPECT_EQ(dropped("SELECT DISTINCT a FROM t"), "SELECT  a FROM t");
  EXPECT_EQ(dropped("SELECT count(DISTINCT a), count(distinct(b)) FROM t"),
            "SELECT count( a), count((b)) FROM t");
  EXPECT_EQ(dropped("SELECT a FROM t WHERE b IN (SELECT Distinct c FROM d)"),
            "SELECT a FROM t WHERE b IN (SELECT  c FROM d)");
}

TEST(QueryRules, DistinctInsideOtherTokensStays) {
  EXPECT_EQ(dropped("SELECT distinct_id, 'distinct', \"distinct\", `distinct` FROM t"),
            "SELECT distinct_id, 'distinct', \"distinct\", `distinct` FROM t");
  EXPECT_EQ(dropped("SELECT a -- distinct\nFROM t"), "SELECT a -- distinct\nFROM t");
  EXPECT_EQ(dropped("SELECT 'it''s distinct' FROM t"), "SELECT 'it''s distinct' FROM t");
}

TEST(QueryRules, DistinctCanBeKept) {
  EXPECT_EQ(kept("SELECT DISTINCT a FROM t; x"), "SELECT DISTINCT a FROM t; x");
}

TEST(QueryRules, OnlyTheFirstStatementIsRun) {
  EXPECT_EQ(dropped("SELECT 1; DROP TABLE t"), "SELECT 1;");
  EXPECT_EQ(dropped("SELECT ';' FROM t; SELECT 2"), "SELECT ';' FROM t;");
}

TEST(QueryRules, TheCurrentYearIs2020) {
  EXPECT_EQ(kept("SELECT a FROM t WHERE b < year ( CURDATE( ) ) AND c"),
            "SELECT a FROM t WHERE b < 2020AND c");
  EXPECT_EQ(kept("SELECT YEAR(curdate())"), "SELECT 2020");
  EXPECT_EQ(kept("SELECT YEAR(d), CURDATE()"), "SELECT YEAR(d), CURDATE()");
}

TEST(QueryRules, AnUnclosedQuoteHidesNothing) {
  EXPECT_EQ(dropped("SELECT 'a DISTINCT b"), "SELECT 'a  b");
  EXPECT_EQ(dropped("SELECT [a DISTINCT b"), "SELECT [a  b");
}

TEST(QueryRules, OrderByAnywhereFixesTheOrder) {
  EXPECT_EQ(spider_row_order("SELECT a FROM t"), RowOrder::free);
  EXPECT_EQ(spider_row_order("SELECT a FROM t Order By a"), RowOrder::fixed);
  EXPECT_EQ(spider_row_order("SELECT a FROM t WHERE b = (SELECT c FROM d ORDER BY c LIMIT 1)"),
            RowOrder::fixed);
  EXPECT_EQ(spider_row_order("SELECT a FROM t ORDER  BY a"), RowOrder::free);  // official too
}

std::string arbitrary_sql() {
  std::string sql;
  const auto length = *rc::gen::inRange(0, 30);
  for (int i = 0; i < length; ++i) {
    sql += *rc::gen::element<std::string>("select", " ", "distinct", "'", "\"", "`", "[", "]", "(",
                                          ")", ",", ".", "1", "1.5", "--", "\n", "/*", "*/", "t1",
                                          "<", "=", ";", "\xC3\xA4", "\xFF", "$");
  }
  return sql;
}

TEST(SqlScanProperty, NoByteIsLost) {
  EXPECT_TRUE(rc::check("the pieces joined are the text", [] {
    const std::string sql = arbitrary_sql();
    std::string joined;
    for (const SqlPiece& piece : scan_sql(sql)) {
      RC_ASSERT(!piece.text.empty());
      joined += piece.text;
    }
    RC_ASSERT(joined == sql);
  }));
}

TEST(QueryRulesProperty, DroppingDistinctTwiceChangesNothingMore) {
  EXPECT_TRUE(rc::check("idempotent where no quote is left open", [] {
    std::string sql = arbitrary_sql();
    std::erase_if(sql, [](char c) { return c == '\'' || c == '"' || c == '`' || c == '['; });
    const std::string once = dropped(sql);
    // Two halves can meet and form a new word only where DISTINCT stood between words.
    for (const SqlPiece& piece : scan_sql(once)) {
      if (piece.kind == SqlPiece::Kind::word) {
        RC_ASSERT(!text::equals_ignoring_ascii_case(piece.text, "distinct"));
      }
    }
  }));
}

}  // namespace
}  // namespace idi::eval
