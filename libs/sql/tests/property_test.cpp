// Wall one: whatever the automaton admits is a query that runs.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <optional>

#include "idi/sql/guard.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/translate.hpp"
#include "random_walk.hpp"
#include "shop.hpp"
#include "sqlite_probe.hpp"

namespace idi::ir {
namespace {

using sql::testing::shop_schema;
using sql::testing::SqliteProbe;

/// shop without the table that nothing links: any of its tables can be joined.
Schema connected_schema() {
  Schema schema = shop_schema();
  schema.tables.pop_back();
  return schema;
}

rc::Gen<std::vector<Token>> sentences_over(const Schema& schema) {
  return testing::sentences(schema.column_count(), static_cast<int>(schema.tables.size()), 5);
}

Query with_values(const Query& query) {
  return map_literals(query, [](const Literal& literal, const Predicate* predicate) {
    if (predicate == nullptr) return Literal{Literal::Kind::number, "3", -1};
    static const std::vector<std::string> texts = {"x'y", "12", "007", "", "a%b\\"};
    const std::size_t pick =
        literal.candidate < 0 ? 1 : static_cast<std::size_t>(literal.candidate);
    return Literal{Literal::Kind::text, texts[pick], -1};
  });
}

void check(const char* what, const std::function<void()>& property) {
  EXPECT_TRUE(rc::check(what, property));
}

TEST(SentenceProperty, EverySentenceIsReadAndWrittenBack) {
  const Schema schema = shop_schema();
  check("to_tokens is the inverse of from_tokens, but for useless parentheses", [&] {
    const std::vector<Token> sentence = *sentences_over(schema);
    const auto query = from_tokens(sentence, schema);
    RC_ASSERT(query.has_value());
    const auto once = to_tokens(*query, schema);
    RC_ASSERT(once.has_value());
    const auto again = to_tokens(*from_tokens(*once, schema), schema);
    RC_ASSERT(*again == *once);
    const Token open{Token::Kind::symbol, static_cast<int>(Symbol::open)};
    if (std::find(sentence.begin(), sentence.end(), open) == sentence.end()) {
      RC_ASSERT(*once == sentence);
    }
  });
}

TEST(SentenceProperty, EveryPrefixCanBeEnded) {
  check("the shortest way to the end is short", [] {
    Grammar grammar;
    const std::vector<Token> sentence = *testing::sentences(30, 5, 5);
    const auto length = *rc::gen::inRange<std::size_t>(0, sentence.size());
    for (std::size_t i = 0; i < length; ++i) grammar.advance(sentence[i]);
    int steps = 0;
    for (; !grammar.complete() && steps < 60; ++steps) {
      grammar.advance(testing::closing_word(grammar.allowed()));
    }
    RC_ASSERT(grammar.complete());
  });
}

TEST(SentenceProperty, BrokenSentencesAreRefused) {
  const Schema schema = shop_schema();
  check("a sentence cut short, or with a word too many, is an error", [&] {
    std::vector<Token> sentence = *sentences_over(schema);
    std::vector<Token> longer = sentence;
    longer.push_back({Token::Kind::symbol, 0});
    RC_ASSERT(!from_tokens(longer, schema).has_value());
    sentence.resize(*rc::gen::inRange<std::size_t>(0, sentence.size()));
    RC_ASSERT(!from_tokens(sentence, schema).has_value());
  });
}

TEST(SentenceProperty, EverySentenceRunsOnSqlite) {
  const Schema schema = connected_schema();
  SqliteProbe probe{{}};
  ASSERT_TRUE(probe.create(schema));
  check("SQLite compiles it", [&] {
    const std::vector<Token> sentence = *sentences_over(schema);
    RC_LOG() << to_text(sentence, schema);
    const auto sql =
        sql::to_sql(with_values(*from_tokens(sentence, schema)), schema, Dialect::sqlite);
    if (!sql) RC_FAIL(sql.error().message);
    RC_LOG() << *sql;
    const Status compiled = probe.prepare(*sql);
    if (!compiled) RC_FAIL(compiled.error().message);
  });
}

TEST(SentenceProperty, EverySentencePassesTheGuard) {
  const Schema schema = connected_schema();
  class AcceptAll : public sql::StatementInspector {
    Status inspect(std::string_view) override { return {}; }
  } inspector;
  check("the guard's own check agrees with the writer in every dialect", [&] {
    const Query query = with_values(*from_tokens(*sentences_over(schema), schema));
    for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres, Dialect::mysql}) {
      const auto sql = sql::to_sql(query, schema, dialect);
      RC_ASSERT(sql.has_value());
      if (dialect == Dialect::postgres && sql->find("\\'") != std::string::npos) continue;
      const auto approved = sql::SqlGuard(dialect, inspector).approve(*sql);
      if (!approved) RC_FAIL(approved.error().message + " in " + *sql);
    }
  });
}

/// to_sql of to_ir; nullopt where there are no words for it.
std::optional<std::string> rewritten(const std::string& sql, const Schema& schema) {
  const auto read = sql::to_ir(sql, schema);
  if (!read) {
    RC_ASSERT(read.error().code == ErrorCode::not_supported);
    return std::nullopt;
  }
  const auto written = sql::to_sql(*read, schema, Dialect::sqlite);
  RC_ASSERT(written.has_value());
  return *written;
}

TEST(SentenceProperty, CanonicalFormSettles) {
  const Schema schema = connected_schema();
  check("reading what was written changes nothing any more", [&] {
    const Query query = with_values(*from_tokens(*sentences_over(schema), schema));
    const auto sql = sql::to_sql(query, schema, Dialect::sqlite);
    RC_ASSERT(sql.has_value());
    RC_LOG() << *sql;
    // Two rounds: taking a column from the other side of a join can turn an odd filter
    // (city.name = city.id) into a join condition, which the next round sees.
    const auto first = rewritten(*sql, schema);
    RC_PRE(first.has_value());
    const auto second = rewritten(*first, schema);
    RC_PRE(second.has_value());
    const auto third = rewritten(*second, schema);
    RC_ASSERT(third.has_value());
    RC_ASSERT(*third == *second);
  });
}

}  // namespace
}  // namespace idi::ir
