#include "ddl_comments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "idi/core/text.hpp"

namespace idi::db_sqlite {
namespace {

using Columns = std::vector<std::pair<std::string, std::string>>;

TEST(DdlComments, BelongToTheColumnOnTheirLineOrBelow) {
  const auto found = parse_ddl_comments(R"(CREATE TABLE t ( -- about the table
    a INTEGER PRIMARY KEY, -- about a
    -- about b,
    -- over two lines
    b TEXT /* and beside it */ NOT NULL,
    c DECIMAL(10, 2) DEFAULT (1 + 2), /* about c */ d TEXT,
    e, -- about e
    f TEXT -- about f
  ))");
  EXPECT_EQ(found.table, "about the table");
  EXPECT_EQ(found.columns, (Columns{{"a", "about a"},
                                    {"b", "about b, over two lines and beside it"},
                                    {"c", "about c"},
                                    {"d", ""},
                                    {"e", "about e"},
                                    {"f", "about f"}}));
}

TEST(DdlComments, ConstraintsAreNoColumns) {
  const auto found = parse_ddl_comments(R"(CREATE TABLE t (
    a INTEGER,
    b INTEGER, -- about b
    -- keys
    PRIMARY KEY (a, b), -- about the key
    CONSTRAINT x FOREIGN KEY (a) REFERENCES other (id), /* nor this */
    CHECK (a > 0) -- nor this
  ) WITHOUT ROWID)");
  EXPECT_EQ(found.table, "");
  EXPECT_EQ(found.columns, (Columns{{"a", ""}, {"b", "about b"}}));
}

TEST(DdlComments, QuotedNamesAndTextsWithMarksInside) {
  const auto found = parse_ddl_comments(
      "CREATE TABLE \"a -- no ( comment\" (\"we\"\"ird, name\" TEXT DEFAULT '-- not; /* one', -- "
      "1\n"
      "[in brackets] TEXT, -- 2\n`back``tick` TEXT, -- 3\n'single' TEXT, -- 4\n\"primary\" TEXT -- "
      "5\n"
      ")");
  EXPECT_EQ(found.table, "");
  EXPECT_EQ(found.columns, (Columns{{"we\"ird, name", "1"},
                                    {"in brackets", "2"},
                                    {"back`tick", "3"},
                                    {"single", "4"},
                                    {"primary", "5"}}));
}

TEST(DdlComments, OfTablesAndViews) {
  EXPECT_EQ(parse_ddl_comments("CREATE TABLE t /* all orders */ (a)").table, "all orders");
  EXPECT_EQ(parse_ddl_comments("CREATE TABLE t\n-- all orders\n(a)").table, "all orders");
  EXPECT_EQ(parse_ddl_comments("CREATE VIEW v AS -- sales per month\nSELECT 1 -- not this").table,
            "sales per month");
  EXPECT_THAT(parse_ddl_comments("CREATE VIEW v AS SELECT (1), (2 -- no\n)").columns,
              testing::IsEmpty());
}

TEST(DdlComments, LeadingCommas) {
  const auto found = parse_ddl_comments(
      "CREATE TABLE t (\n  a INTEGER -- about a\n, b TEXT -- about b\n, c TEXT\n)");
  EXPECT_EQ(found.columns, (Columns{{"a", "about a"}, {"b", "about b"}, {"c", ""}}));
}

TEST(DdlComments, RulesSayNothing) {
  const auto found =
      parse_ddl_comments("CREATE TABLE t (\n-- -----------\na INTEGER, /****** ******/ -- ==\nb)");
  EXPECT_EQ(found.columns, (Columns{{"a", ""}, {"b", ""}}));
}

TEST(DdlComments, AreOneLineOfBoundedValidText) {
  const std::string long_comment(5000, 'x');
  auto found = parse_ddl_comments("CREATE TABLE t (a, -- " + long_comment + "\nb)");
  EXPECT_EQ(found.columns[0].second.size(), max_comment_bytes);
  found = parse_ddl_comments("CREATE TABLE t (a /* one\n\n  two\t\x01three \xFF\xFE */)");
  EXPECT_EQ(found.columns[0].second, "one two three \xEF\xBF\xBD\xEF\xBF\xBD");
  // Cut between characters, not within one.
  std::string umlauts;
  for (int i = 0; i < 400; ++i) umlauts += "ü";
  found = parse_ddl_comments("CREATE TABLE t (a -- x" + umlauts + "\n)");
  EXPECT_TRUE(text::is_valid_utf8(found.columns[0].second));
  EXPECT_LE(found.columns[0].second.size(), max_comment_bytes);
}

TEST(DdlComments, UnfinishedInputIsNoProblem) {
  for (const char* ddl : {"", "(", ")", "CREATE", "CREATE TABLE t (", "CREATE TABLE t (a, --",
                          "CREATE TABLE t (a, /* x", "CREATE TABLE t (\"", "CREATE TABLE t (a '",
                          "CREATE TABLE t ([", "((((", "))))", ",,,,", "-- x", "/*", "/*/", "--"}) {
    const auto found = parse_ddl_comments(ddl);
    EXPECT_LE(found.columns.size(), 4U) << ddl;
  }
}

// What comes out is always presentable, whatever comes in.
TEST(DdlComments, AnyBytes) {
  std::mt19937 random(7);
  const std::string pieces[] = {"(",    ")",     ",",      "--",
                                "\n",   "/*",    "*/",     "\"",
                                "'",    "`",     "[",      "]",
                                "a",    "ü",     " ",      "CREATE TABLE t (",
                                "\xFF", "CHECK", "x TEXT", std::string(1, '\0')};
  for (int round = 0; round < 3000; ++round) {
    std::string ddl;
    for (auto length = random() % 40; length > 0; --length) {
      ddl += pieces[random() % std::size(pieces)];
    }
    const auto found = parse_ddl_comments(ddl);
    EXPECT_TRUE(text::is_valid_utf8(found.table));
    for (const auto& [name, comment] : found.columns) {
      EXPECT_TRUE(text::is_valid_utf8(name) && text::is_valid_utf8(comment));
      EXPECT_LE(comment.size(), max_comment_bytes);
      EXPECT_EQ(comment.find('\n'), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace idi::db_sqlite
