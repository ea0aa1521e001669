#include <gtest/gtest.h>

#include <sstream>

#include "idi/sql/ir_literals.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "shop.hpp"
#include "symbols.hpp"

namespace idi::ir {
namespace {

using sql::testing::shop_schema;

/// "customer.name where customer.age > $0 end" → tokens; tables are written "customer.*".
std::vector<Token> tokens_of(const std::string& text, const Schema& schema) {
  std::vector<Token> tokens;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word[0] == '$') {
      tokens.push_back({Token::Kind::value, std::stoi(word.substr(1))});
    } else if (const auto dot = word.find('.'); dot != std::string::npos) {
      const int table = schema.find_table(word.substr(0, dot)).value();
      const std::string column = word.substr(dot + 1);
      if (column == "*") {
        tokens.push_back({Token::Kind::table, table});
      } else {
        const ColumnRef ref{table, schema.find_column(table, column).value()};
        tokens.push_back({Token::Kind::column, schema.flat_index(ref)});
      }
    } else {
      int symbol = 0;
      while (symbol < symbol_count && symbol_name(static_cast<Symbol>(symbol)) != word) ++symbol;
      tokens.push_back({Token::Kind::symbol, symbol});
    }
  }
  return tokens;
}

bool accepts(const std::string& text) {
  const Schema schema = shop_schema();
  return from_tokens(tokens_of(text, schema), schema).has_value();
}

/// Written, read and written again.
std::string normalised(const std::string& text) {
  const Schema schema = shop_schema();
  const auto query = from_tokens(tokens_of(text, schema), schema);
  if (!query) return query.error().message;
  const auto tokens = to_tokens(*query, schema);
  return tokens ? to_text(*tokens, schema) : tokens.error().message;
}

TEST(Grammar, AcceptsEveryClause) {
  for (const std::string text : {
           "customer.name end",
           "customer.* end",
           "distinct customer.name end",
           "count customer.* end",
           "count distinct_argument customer.name end",
           "customer.name where customer.age > $0 and customer.name like any end",
           "customer.name where open customer.age > one or customer.age < zero close and "
           "customer.name = $1 end",
           "customer.name where customer.age between $0 $1 or customer.age is_null end",
           "customer.name where customer.age > subquery avg customer.age end end",
           "customer.name where customer.id not_in subquery orders.customer_id end end",
           "customer.name where customer.age in $0 $1 $2 and customer.name not_null end",
           "city.country count city.* group city.country having count city.* > $0 end",
           "customer.name group customer.id order_desc count orders.* order_asc customer.name "
           "limit one end",
           "year orders.placed_on sum orders.total group year orders.placed_on end",
           "subtract max orders.total min orders.total end",
           "divide sum orders.total count orders.* end",
           "multiply orders.total $0 where orders.total > as_column customer.age end",
           "customer.name union city.name intersect product.name end",
           "count subquery customer.name intersect city.name end end",
           "customer.name join orders.* on orders.ship_city_id city.id end",
           "quarter orders.placed_on week orders.placed_on group quarter orders.placed_on end",
           "count orders.* where weekday orders.placed_on = $0 and date orders.placed_on > $1 end",
           "count when customer.age > $0 customer.* end",
           "sum when customer.age in $0 $1 distinct_argument orders.total end",
           "avg when open city.name = $0 or city.name is_null close orders.total count city.* end",
           "sum when customer.age between $0 $1 subtract orders.total one end",
           "max when orders.total > as_column customer.age orders.total end",
           "share count when customer.age > $0 customer.* end",
           "divide share count when customer.age > $0 customer.* $1 end",
           "city.country share count city.* group city.country end",
           "city.country group city.country having share count when city.name = $0 city.* > $1 end",
           "count city.* order_desc share count when city.name = $0 city.* end",
           "month orders.placed_on running sum orders.total change sum orders.total "
           "growth avg when orders.total > zero orders.total where orders.total > one "
           "group month orders.placed_on order_asc growth sum orders.total limit one end",
           "customer.name order_desc customer.age limit one per customer.city_id end",
           "city.country city.name sum orders.total group city.country city.name order_desc "
           "share sum when orders.total > $0 orders.total limit $0 per city.country "
           "year orders.placed_on end",
           "running count city.* group city.name union count customer.* end",
       }) {
    EXPECT_TRUE(accepts(text)) << text;
    EXPECT_EQ(normalised(text), text);
  }
}

TEST(Grammar, RefusesWhatWouldNotRun) {
  for (const std::string text : {
           "end",
           "where customer.age > $0 end",
           "customer.name",
           "customer.name end end",
           "sum customer.* end",
           "count distinct_argument customer.* end",
           "sum max customer.age end",
           "customer.name where max customer.age > $0 end",
           "customer.name having count customer.* > $0 end",
           "customer.name order_asc count customer.* end",  // neither grouped nor aggregated
           "customer.name group max customer.age end",
           "customer.name group end",
           "year max orders.placed_on end",
           "customer.name where customer.id in subquery customer.id customer.name end end",
           "customer.name where customer.id in subquery customer.* end end",
           "customer.name customer.age union city.name end",
           "customer.* union customer.* end",
           "customer.name order_asc customer.name union city.name end",
           "customer.name union city.name order_asc city.name end",
           "customer.name where customer.age > end",
           "customer.name where open customer.age > $0 end",
           "customer.name limit one where customer.age > $0 end",
           "customer.name where customer.name like subquery city.name end end",
           "count subquery customer.name end where customer.age > $0 end",
           "customer.name count subquery customer.name end end",
           "running count city.* end",  // groups follow each other, so there must be some
           "share count city.* end",
           "running count when city.name = $0 city.* end",
           "running count city.* where city.name = $0 end",
           "running count city.* union count city.* end",
           "running avg customer.age group customer.name end",
           "share max customer.age group customer.name end",
           "running running sum customer.age group customer.name end",
           "share customer.age group customer.name end",
           "add running sum customer.age $0 group customer.name end",
           "add share sum customer.age $0 group customer.name end",
           "count city.* order_desc share count city.* end",
           "count city.* order_desc running count city.* end",
           "city.name group city.name having running count city.* > $0 end",
           "city.name group city.name having share count city.* > $0 end",
           "customer.name where share count when city.name = $0 city.* > $1 end",
           "count when max customer.age > $0 customer.* end",
           "count when customer.age in subquery city.id end customer.* end",
           "count when customer.age > $0 and customer.age < $1 customer.* end",
           "count when customer.age > $0 end",
           "count distinct_argument when customer.age > $0 customer.name end",
           "count when customer.age > $0 subquery city.name end end",
           "sum when customer.age > $0 customer.* end",
           "customer.name when customer.age > $0 end",
           "quarter max orders.placed_on end",
           "customer.name limit one per customer.city_id end",
           "customer.name order_asc customer.age per customer.city_id end",
           "customer.name order_asc customer.age limit one per end",
           "customer.name order_asc customer.age limit one per max customer.age end",
           "customer.* order_asc customer.age limit one per customer.city_id end",
           "distinct customer.name order_asc customer.age limit one per customer.city_id end",
           "max customer.age order_asc max customer.age limit one per customer.city_id end",
           "city.name group city.name order_asc growth count city.* limit one per city.id end",
       }) {
    EXPECT_FALSE(accepts(text)) << text;
  }
}

TEST(Grammar, HoldsItsBounds) {
  const auto repeated = [](const std::string& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
  };
  const auto nested = [&](int depth) {
    return "customer.name " + repeated("where customer.id in subquery customer.id ", depth - 1) +
           repeated("end ", depth);
  };
  EXPECT_TRUE(accepts(nested(Grammar::max_depth)));
  EXPECT_FALSE(accepts(nested(Grammar::max_depth + 1)));

  EXPECT_TRUE(accepts(repeated("customer.name ", Grammar::max_items) + "end"));
  EXPECT_FALSE(accepts(repeated("customer.name ", Grammar::max_items + 1) + "end"));

  const std::string leaf = "and customer.age > $0 ";
  const std::string start = "customer.name where customer.age > $0 ";
  EXPECT_TRUE(accepts(start + repeated(leaf, Grammar::max_conditions - 1) + "end"));
  EXPECT_FALSE(accepts(start + repeated(leaf, Grammar::max_conditions) + "end"));

  // Parentheses do not hide conditions from the bound.
  EXPECT_FALSE(accepts("customer.name where open customer.age > $0 " + repeated(leaf, 4) +
                       "close and open customer.age > $0 or customer.age > $1 close end"));

  const std::string in = "customer.name where customer.age in ";
  EXPECT_TRUE(accepts(in + repeated("$0 ", Grammar::max_in_values) + "end"));
  EXPECT_FALSE(accepts(in + repeated("$0 ", Grammar::max_in_values + 1) + "end"));

  const auto arithmetic = [&](int depth) {
    return repeated("add ", depth) + repeated("orders.total ", depth + 1) + "end";
  };
  EXPECT_TRUE(accepts(arithmetic(Grammar::max_arithmetic_depth)));
  EXPECT_FALSE(accepts(arithmetic(Grammar::max_arithmetic_depth + 1)));
}

TEST(Grammar, UselessParenthesesLeaveNoTrace) {
  EXPECT_EQ(normalised("customer.name where open open customer.age > $0 close and "
                       "customer.age < $1 close and customer.age = $2 end"),
            "customer.name where customer.age > $0 and customer.age < $1 and customer.age = $2 "
            "end");
  EXPECT_EQ(normalised("customer.name where open customer.age > $0 or customer.age < $1 close or "
                       "customer.age = $2 end"),
            "customer.name where customer.age > $0 or customer.age < $1 or customer.age = $2 end");
}

TEST(Tokens, PointersOutsideTheSchemaAreRefused) {
  const Schema schema = shop_schema();
  const Token end{Token::Kind::symbol, 0};
  EXPECT_FALSE(from_tokens({{Token::Kind::column, schema.column_count()}, end}, schema));
  EXPECT_FALSE(from_tokens({{Token::Kind::column, -1}, end}, schema));
  EXPECT_FALSE(from_tokens({{Token::Kind::table, 99}, end}, schema));
  EXPECT_FALSE(from_tokens({{Token::Kind::symbol, 64}, end}, schema));
  EXPECT_FALSE(from_tokens({}, schema));
}

TEST(Tokens, OnlyKnownValuesCanBeWritten) {
  const Schema schema = shop_schema();
  const auto query =
      from_tokens(tokens_of("customer.name where customer.age > $0 end", schema), schema);
  ASSERT_TRUE(query);
  const auto with = [&](Literal literal) {
    return to_tokens(map_literals(*query, [&](auto&&...) { return literal; }), schema);
  };
  EXPECT_TRUE(with({Literal::Kind::number, "1", -1}));
  EXPECT_TRUE(with({Literal::Kind::number, "0", -1}));
  EXPECT_TRUE(with({Literal::Kind::any, "", -1}));
  const auto refused = with({Literal::Kind::number, "56", -1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_supported);
}

TEST(Tokens, EverySymbolHasAName) {
  for (int i = 0; i < symbol_count; ++i) {
    EXPECT_FALSE(symbol_name(static_cast<Symbol>(i)).empty()) << i;
  }
}

}  // namespace
}  // namespace idi::ir
