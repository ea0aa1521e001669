#include "idi/engine/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "idi/core/text.hpp"
#include "idi/sql/ir_literals.hpp"
#include "idi/sql/translate.hpp"
#include "shop_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The tokens of a query, its literals as values of a question.
struct Written {
  std::vector<ir::Token> tokens;
  link::LinkedQuestion question;
};

Written written(const std::string& sql, const Schema& schema) {
  Written out;
  const auto query = sql::to_ir(sql, schema);
  EXPECT_TRUE(query) << sql;
  const auto pointing = ir::map_literals(*query, [&](ir::Literal literal, auto*) {
    literal.candidate = static_cast<int>(out.question.values.size());
    link::ValueCandidate value;
    value.kind =
        literal.kind == ir::Literal::Kind::number ? link::ValueKind::number : link::ValueKind::cell;
    value.text = literal.text;
    out.question.values.push_back(value);
    return literal;
  });
  const auto tokens = ir::to_tokens(pointing, schema);
  EXPECT_TRUE(tokens) << sql;
  out.tokens = *tokens;
  return out;
}

std::string draft_of(const std::string& sql) {
  static const Schema schema = testing::shop_schema();
  const Written query = written(sql, schema);
  return text::join(draft_words(query.tokens, schema, query.question), " ");
}

TEST(DraftWords, ReadLikeSql) {
  EXPECT_EQ(draft_of("SELECT count(*) FROM customer WHERE city = 'Berlin'"),
            "select count( customer.*) where customer.city = 'Berlin'");
  EXPECT_EQ(draft_of("SELECT name, age FROM customer ORDER BY age DESC LIMIT 3"),
            "select customer.name , customer.age order by customer.age desc limit 3");
  EXPECT_EQ(draft_of("SELECT city, avg(age) FROM customer GROUP BY city HAVING count(*) > 2"),
            "select customer.city , avg( customer.age) group by customer.city having count( "
            "customer.*) > 2");
  EXPECT_EQ(draft_of("SELECT name FROM customer WHERE age BETWEEN 3 AND 4 OR age > "
                     "(SELECT avg(age) FROM customer)"),
            "select customer.name where customer.age between 3 and 4 or customer.age > (select "
            "avg( customer.age)");
  EXPECT_EQ(draft_of("SELECT city FROM customer UNION SELECT city FROM store"),
            "select customer.city union select store.city");
  EXPECT_EQ(draft_of("SELECT city, 100.0 * count(CASE WHEN age > 30 OR age IN (3, 4) THEN 1 END) / "
                     "count(*), sum(CASE WHEN age BETWEEN 3 AND 4 THEN age ELSE 0 END) FROM "
                     "customer GROUP BY city"),
            "select customer.city , share of count( when ( customer.age > 30 or customer.age in 3 "
            ", 4 ) customer.*) , sum( when customer.age between 3 and 4 customer.age) group by "
            "customer.city");
  EXPECT_EQ(draft_of("SELECT name FROM (SELECT name, ROW_NUMBER() OVER (PARTITION BY city ORDER BY "
                     "age) AS place FROM customer) WHERE place <= 3"),
            "select customer.name order by customer.age limit 3 per customer.city");
  EXPECT_EQ(draft_of("SELECT max(age) - min(age) FROM customer"),
            "select ( max( customer.age) - min( customer.age))");
}

TEST(DraftWords, OfAPrefixAreAPrefixOfItsWords) {
  const Schema schema = testing::shop_schema();
  const Written query = written(
      "SELECT T1.name, count(*) FROM customer T1 JOIN purchase T2 ON T1.customer_id = "
      "T2.customer_id WHERE T2.status = 'open' GROUP BY T1.name ORDER BY count(*) DESC LIMIT 5",
      schema);
  const auto whole = draft_words(query.tokens, schema, query.question);
  for (std::size_t n = 0; n <= query.tokens.size(); ++n) {
    const auto part = draft_words(std::span(query.tokens).first(n), schema, query.question);
    ASSERT_LE(part.size(), whole.size());
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin())) << n;
  }
}

TEST(DraftTeller, WhoeverFollowsItHasTheDraft) {
  rc::check("followed", [] {
    using Words = std::vector<std::string>;
    const auto drafts = *rc::gen::container<std::vector<Words>>(
        rc::gen::nonEmpty(rc::gen::container<Words>(rc::gen::element<std::string>("a", "b", "c"))));
    Words followed;
    std::size_t told = 0;
    DraftTeller teller([&](const DraftToken& token) {
      RC_ASSERT(token.position <= followed.size());
      followed.resize(token.position);
      followed.push_back(token.text);
      ++told;
    });
    for (const Words& draft : drafts) {
      teller.show(draft);
      RC_ASSERT(followed == draft);
      const std::size_t before = told;
      teller.show(draft);
      RC_ASSERT(told == before);
    }
  });
}

TEST(DraftTeller, TellsChangedTailsAlone) {
  std::vector<std::string> told;
  DraftTeller teller([&](const DraftToken& token) {
    told.push_back(std::to_string(token.position) + token.text);
  });
  teller.show({"select", "name"});
  EXPECT_THAT(told, ElementsAre("0select", "1name"));
  told.clear();
  teller.show({"select", "name"});
  EXPECT_THAT(told, IsEmpty());
  teller.show({"select", "city", "where"});
  EXPECT_THAT(told, ElementsAre("1city", "2where"));
  told.clear();
  teller.show({"select", "city"});
  EXPECT_THAT(told, ElementsAre("1city"));
}

}  // namespace
}  // namespace idi::engine
