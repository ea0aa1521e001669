// What holds for every query that the parser's language has words for.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "idi/core/text.hpp"
#include "idi/explanation/explanation.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "idi/sql/translate.hpp"
#include "random_walk.hpp"
#include "shop.hpp"

namespace idi::explanation {
namespace {

using ir::Token;

constexpr int values = 6;

/// Values come back without text; each gets one of its own.
ir::Query query_of(const std::vector<Token>& tokens, const Schema& schema) {
  const auto query = ir::from_tokens(tokens, schema);
  RC_ASSERT(static_cast<bool>(query));
  static const char* const texts[values] = {"17", "2023-07-01", "Berlin", "cancelled", "4", "2024"};
  return ir::map_literals(*query, [](const ir::Literal& literal, const ir::Predicate*) {
    ir::Literal known = literal;
    if (literal.candidate >= 0) known.text = texts[literal.candidate];
    if (literal.kind == ir::Literal::Kind::any) known.text = "any cell";
    known.kind = known.text.size() < 3 ? ir::Literal::Kind::number : ir::Literal::Kind::text;
    return known;
  });
}

/// The same sentence but for one word, where the grammar lets it; the rest as far as it fits.
std::vector<Token> with_another_word(const std::vector<Token>& sentence, std::size_t at,
                                     Token other) {
  std::vector<Token> out;
  ir::Grammar grammar;
  for (std::size_t i = 0; i < sentence.size() && !grammar.complete(); ++i) {
    const Token next = i == at ? other : sentence[i];
    if (!ir::admits(grammar.allowed(), next)) break;
    grammar.advance(next);
    out.push_back(next);
  }
  while (!grammar.complete()) {
    out.push_back(ir::testing::closing_word(grammar.allowed()));
    grammar.advance(out.back());
  }
  return out;
}

/// Words that may stand where this one stands.
std::vector<Token> others_at(const std::vector<Token>& sentence, std::size_t at,
                             const Schema& schema) {
  ir::Grammar grammar;
  for (std::size_t i = 0; i < at; ++i) grammar.advance(sentence[i]);
  const auto allowed = grammar.allowed();
  std::vector<Token> others;
  const auto offer = [&](Token token) {
    if (!(token == sentence[at])) others.push_back(token);
  };
  for (int i = 0; i < ir::symbol_count; ++i) {
    if (allowed.symbols.test(static_cast<std::size_t>(i))) offer({Token::Kind::symbol, i});
  }
  for (int i = 0; allowed.column && i < schema.column_count(); ++i) {
    offer({Token::Kind::column, i});
  }
  for (int i = 0; allowed.table && i < static_cast<int>(schema.tables.size()); ++i) {
    offer({Token::Kind::table, i});
  }
  for (int i = 0; allowed.value && i < values; ++i) offer({Token::Kind::value, i});
  return others;
}

RC_GTEST_PROP(Explanation, IsValidAndMadeOfItsParts, ()) {
  static const Schema schema = testing::shop_schema();
  const auto sentence = *ir::testing::sentences(schema.column_count(),
                                                static_cast<int>(schema.tables.size()), values);
  const auto explanation = explain(query_of(sentence, schema), schema);
  std::string joined;
  for (const Part& part : explanation.parts) {
    RC_ASSERT(!part.text.empty());
    joined += part.text;
  }
  RC_ASSERT(joined == explanation.text);
  RC_ASSERT(!explanation.text.empty());
  RC_ASSERT(explanation.text.size() < 4100u);
  RC_ASSERT(explanation.text.ends_with("."));
  RC_ASSERT(text::is_valid_utf8(explanation.text));
  RC_ASSERT(explanation.text.find('\n') == std::string::npos);
  RC_ASSERT(explanation.text.find("  ") == std::string::npos);
}

/// The SQL of a sentence without what does not change it (a JOIN word for a table that is there
/// anyway); empty: its tables cannot be joined.
std::string sql_of(const ir::Query& query, const Schema& schema) {
  const auto sql = sql::to_sql(query, schema, Dialect::sqlite);
  return sql ? *sql : std::string();
}

/// Other SQL, other words.
RC_GTEST_PROP(Explanation, OfAnotherQueryIsAnotherText, ()) {
  static const Schema schema = testing::shop_schema();
  const auto sentence = *ir::testing::sentences(schema.column_count(),
                                                static_cast<int>(schema.tables.size()), values, 30);
  const auto at = *rc::gen::inRange<std::size_t>(0, sentence.size());
  const auto others = others_at(sentence, at, schema);
  if (others.empty()) return;
  const auto other = with_another_word(sentence, at, *rc::gen::elementOf(others));
  if (other == sentence) return;
  const ir::Query first = query_of(sentence, schema), second = query_of(other, schema);
  if (sql_of(first, schema) == sql_of(second, schema)) return;
  const std::string one = explain(first, schema).text;
  const std::string two = explain(second, schema).text;
  RC_LOG() << ir::to_text(sentence, schema) << "\n" << ir::to_text(other, schema) << "\n";
  if (one.ends_with("(the SQL says the rest).") || one.find("(see the SQL)") != std::string::npos) {
    return;
  }
  RC_LOG() << one << "\n" << two << "\n" << sql_of(first, schema) << "\n" << sql_of(second, schema);
  RC_ASSERT(one != two);
}

/// Whatever question stands beside whatever query: ranges lie in it, in order, and a word is either
/// used or not.
RC_GTEST_PROP(Alignment, PointsIntoTheQuestion, ()) {
  static const auto linker = testing::shop_linker();
  const Schema& schema = linker->schema();
  static const std::vector<std::string> words{
      "how",   "many",   "customers", "orders", "city",    "Berlin", "average", "price", "of",
      "each",  "name",   "without",   "2023",   "highest", "total",  "and",     "three", "female",
      "weird", "Vienna", "status",    "not",    "tents",   "by",     "since",   "month", "”"};
  const auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words));
  const std::string question = text::join(chosen, " ");
  const auto linked = linker->link(question);
  const auto sentence = *ir::testing::sentences(schema.column_count(),
                                                static_cast<int>(schema.tables.size()), values, 30);
  const ir::Query query = query_of(sentence, schema);
  const auto explanation = explain(query, schema, &linked);
  std::vector<bool> used(linked.tokens.size(), true);
  for (const TextRange range : explanation.unused_words) {
    for (std::size_t t = 0; t < used.size(); ++t) {
      if (range.begin <= linked.tokens[t].begin && linked.tokens[t].end <= range.end) {
        used[t] = false;
      }
    }
  }
  RC_ASSERT(used == used_words(query, schema, linked));
  for (const Part& part : explanation.parts) {
    std::size_t before = 0;
    for (const TextRange range : part.words) {
      RC_ASSERT(range.begin < range.end);
      RC_ASSERT(range.end <= question.size());
      RC_ASSERT(before <= range.begin);
      before = range.end;
    }
    if (part.kind == PartKind::glue) RC_ASSERT(part.words.empty());
    for (const TextRange unused : explanation.unused_words) {
      for (const TextRange range : part.words) {
        RC_ASSERT(range.end <= unused.begin || unused.end <= range.begin);
      }
    }
  }
}

}  // namespace
}  // namespace idi::explanation
