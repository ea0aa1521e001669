#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/prompt/chat_prompt.hpp"

namespace idi::prompt {
namespace {

struct Written {
  const char* completion;
  const char* sql;  ///< nullptr: none.
};

TEST(ReadSql, FindsTheStatementInWhatModelsWrite) {
  const Written cases[] = {
      {"SELECT 1", "SELECT 1"},
      {"  SELECT shop.a\nFROM shop ;\n", "SELECT shop.a\nFROM shop"},
      {"```sql\nSELECT 1;\n```", "SELECT 1"},
      {"```\nSELECT 1\n```\nThis counts.", "SELECT 1"},
      {"```SELECT 1```", "SELECT 1"},
      {"```sql SELECT 1", "SELECT 1"},
      {"Here is the query:\n\n```sqlite\n-- counts\nSELECT count(*) FROM a\n```\nIt counts.",
       "SELECT count(*) FROM a"},
      {"```python\nprint(1)\n```\n```sql\nSELECT 2\n```", "SELECT 2"},
      {"Sure! SQL: SELECT a.b FROM a WHERE a.c = ';'; I hope this helps.",
       "SELECT a.b FROM a WHERE a.c = ';'"},
      {"SELECT 1; DROP TABLE a; SELECT 2", "SELECT 1"},
      {"SELECT a.b\nFROM a\n\nThis query lists b.", "SELECT a.b\nFROM a"},
      {"SELECT a.b\n\nFROM a\n\nWHERE a.c > 1", "SELECT a.b\n\nFROM a\n\nWHERE a.c > 1"},
      {"SELECT a.b -- it's b; really\nFROM a", "SELECT a.b -- it's b; really\nFROM a"},
      {"SELECT /* ; */ 1;", "SELECT /* ; */ 1"},
      {"SELECT 'it''s; ```' FROM a", "SELECT 'it''s; ```' FROM a"},
      {"SELECT `a`.`b;c` FROM `a`;", "SELECT `a`.`b;c` FROM `a`"},
      {"<think>\nSELECT 1 would be wrong.\n</think>\nSELECT 2", "SELECT 2"},
      {"SELECT 1 is wrong, so\n</think>\n\n```sql\nSELECT 2\n```", "SELECT 2"},
      {"SELECT 1<|im_end|>\n<|im_start|>user", "SELECT 1"},
      {"SELECT 1</s>", "SELECT 1"},
      {"with x as (select 1) select * from x", "with x as (select 1) select * from x"},
      {"WITH RECURSIVE x(n) AS (SELECT 1) SELECT n FROM x",
       "WITH RECURSIVE x(n) AS (SELECT 1) SELECT n FROM x"},
      {"With the schema given, I would write:\nSELECT 1", "SELECT 1"},
      {"(SELECT 1) UNION (SELECT 2);", "(SELECT 1) UNION (SELECT 2)"},
      {"The answer is:\n(SELECT 1) UNION (SELECT 2)", "(SELECT 1) UNION (SELECT 2)"},
      {"The query: `SELECT a.b FROM a` lists b.", "SELECT a.b FROM a"},
      {"-- a comment first\nSELECT 1", "SELECT 1"},
      {"(H`WITH a\n\n AS x", nullptr},
      {"NONE", nullptr},
      {"", nullptr},
      {"   \n", nullptr},
      {"I cannot answer that.", nullptr},
      {"<think>SELECT 1", nullptr},
      {"DELETE FROM a WHERE a.b IN (\nSELECT 1)", nullptr},
      {"INSERT INTO a\nSELECT * FROM b", nullptr},
      {"```sql\nDROP TABLE a\n```", nullptr},
      {"Please select the right one, with care.", nullptr},
  };
  for (const Written& each : cases) {
    const auto sql = read_sql(each.completion);
    if (each.sql == nullptr) {
      EXPECT_FALSE(sql) << each.completion << " -> " << *sql;
      continue;
    }
    EXPECT_TRUE(sql) << each.completion;
    if (sql) {
      EXPECT_EQ(*sql, each.sql) << each.completion;
    }
  }
}

TEST(ReadSql, TellsWhatTheModelSaid) {
  const auto none = read_sql(" None. ");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::unanswerable);
  EXPECT_EQ(none.error().message, "The model finds no answer in these tables");
  const auto words = read_sql("No idea,\nsorry <|im_end|>");
  ASSERT_FALSE(words);
  EXPECT_EQ(words.error().message, "The model wrote no query");
  EXPECT_EQ(words.error().detail, "No idea, sorry < |im_end| >");
}

TEST(ReadSql, EndsSoonOnTextsMadeToTakeLong) {
  for (const char* piece :
       {"```/*", "with a (", "((((", "SELECT\n\n", "\n\n\n x", "`SELECT '", "--"}) {
    std::string text;
    while (text.size() < 2'000'000) text += piece;
    static_cast<void>(read_sql(text));
  }
}

/// Statements of all shapes: literals and names with what would end a statement outside of them.
rc::Gen<std::string> statement() {
  const auto piece = rc::gen::element<std::string>(
      "shop.name", "count(*)", "'it''s'", "'a;b'", "'```'", "\"odd;name\"", "`x`", "1.5",
      "(SELECT max(a.b) FROM a)", "CASE WHEN a.b > 1 THEN 'x' ELSE '<|im_end|>' END",
      "a.b /* c; */", "a.b -- d;\n", "'NONE'", "strftime('%Y', a.b)", "'</think>x'");
  return rc::gen::map(
      rc::gen::tuple(rc::gen::element<std::string>("SELECT ", "select\n  ", "SELECT DISTINCT ",
                                                   "WITH x AS (SELECT 1) SELECT ",
                                                   "with recursive x(a, b) as (select 1) select "),
                     rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(piece)),
                     rc::gen::element<std::string>(" FROM a", "\nFROM a JOIN b ON a.c = b.c",
                                                   " FROM a WHERE a.b < 5 LIMIT 3")),
      [](const std::tuple<std::string, std::vector<std::string>, std::string>& parts) {
        return std::get<0>(parts) + text::join(std::get<1>(parts), ", ") + std::get<2>(parts);
      });
}

TEST(ReadSql, GivesBackWhatWasWrapped) {
  rc::check("read_sql(wrap(x)) == x", [] {
    const std::string sql = *statement();
    const bool thinks = sql.find("</think>") != std::string::npos;
    const std::vector<std::pair<std::string, std::string>> wraps = {
        {"", ""},
        {"", ";"},
        {"\n\n", " ;\n"},
        {"```sql\n", "\n```"},
        {"```\n", ";\n```\nIt lists what was asked for; nothing else."},
        {"Here it is:\n\n```postgresql\n", "\n```"},
        {"Here it is: ", ";"},
        {"The query you want:\n", "\n\nThis query reads a."},
        {"<think>SELECT 1; no\n```sql\nSELECT 2\n```</think>\n", ";"},
        {"", "<|im_end|>"},
        {"", "; SELECT 2; DROP TABLE a"},
    };
    const auto& [before, after] = *rc::gen::elementOf(wraps);
    RC_PRE(!thinks);
    const auto read = read_sql(before + sql + after);
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == text::trim(sql));
  });
}

}  // namespace
}  // namespace idi::prompt
