#include "tokenizer.hpp"

#include <gtest/gtest.h>

namespace idi::sql {
namespace {

using Kind = SqlToken::Kind;

/// "word:SELECT string:it's …", or the error's code.
std::string summary(std::string_view sql, Dialect dialect) {
  const auto tokens = tokenize(sql, dialect);
  if (!tokens) return std::string(error_code_name(tokens.error().code));
  static constexpr const char* names[] = {"word", "name",      "string", "number",
                                          "blob", "parameter", "punct",  "comment"};
  std::string text;
  for (const SqlToken& token : *tokens) {
    if (!text.empty()) text += ' ';
    text += std::string(names[static_cast<std::size_t>(token.kind)]) + ":" + token.text;
  }
  return text;
}

TEST(Tokenizer, QuotesAreTheDialects) {
  EXPECT_EQ(summary(R"("a""b" `c` [d e])", Dialect::sqlite), "name:a\"b name:c name:d e");
  EXPECT_EQ(summary(R"("a" 'it''s')", Dialect::postgres), "name:a string:it's");
  EXPECT_EQ(summary(R"("a" `b` 'c\'d')", Dialect::mysql), "string:a name:b string:c'd");
  EXPECT_EQ(summary(R"('a\' E'a\'b\n')", Dialect::postgres), "string:a\\ string:a'b\n");
  EXPECT_EQ(summary("$$it's$$ $x$a$$b$x$", Dialect::postgres), "string:it's string:a$$b");
  EXPECT_EQ(summary("'\\'", Dialect::sqlite), "string:\\");
}

TEST(Tokenizer, CommentsAreKept) {
  EXPECT_EQ(summary("a -- b\nc /* d */ e", Dialect::sqlite),
            "word:a comment:-- b word:c comment:/* d */ word:e");
  EXPECT_EQ(summary("/* a /* b */ c */ d", Dialect::postgres), "comment:/* a /* b */ c */ word:d");
  EXPECT_EQ(summary("/* a /* b */ c", Dialect::mysql), "comment:/* a /* b */ word:c");
  EXPECT_EQ(summary("a # b", Dialect::mysql), "word:a comment:# b");
  EXPECT_EQ(summary("/*! x */", Dialect::mysql), "comment:/*! x */");
}

TEST(Tokenizer, NumbersParametersAndOperators) {
  EXPECT_EQ(summary("1 2.5 .5 1e5 1.e-3 0x1F 3e", Dialect::sqlite),
            "number:1 number:2.5 number:.5 number:1e5 number:1.e-3 number:0x1F number:3 word:e");
  EXPECT_EQ(summary("? ?1 :a @b $c", Dialect::sqlite),
            "parameter:? parameter:?1 parameter::a parameter:@b parameter:$c");
  EXPECT_EQ(summary("a::int @a:=1", Dialect::postgres),
            "word:a punct::: word:int parameter:@a punct::= number:1");
  EXPECT_EQ(summary("a<=b<>c||d!=e", Dialect::sqlite),
            "word:a punct:<= word:b punct:<> word:c punct:|| word:d punct:!= word:e");
  EXPECT_EQ(summary("x'0aF' T1 . größe", Dialect::sqlite), "blob:0aF word:T1 punct:. word:größe");
}

TEST(Tokenizer, UnfinishedAndOversizedAreErrors) {
  for (const char* sql : {"'a", "\"a", "`a", "[a", "/* a", "x'0g'", "\x01", "\x7f"}) {
    EXPECT_EQ(summary(sql, Dialect::sqlite), "sql_rejected") << sql;
  }
  EXPECT_EQ(summary("$x$ a", Dialect::postgres), "sql_rejected");
  EXPECT_EQ(summary("'a\\", Dialect::mysql), "sql_rejected");
  EXPECT_EQ(summary(std::string_view("'a\0b'", 5), Dialect::sqlite), "sql_rejected");
  EXPECT_EQ(summary(std::string(max_sql_bytes + 1, 'a'), Dialect::sqlite), "limit_exceeded");
}

}  // namespace
}  // namespace idi::sql
