#include "idi/dataset/example_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

#include "idi/link/value_index.hpp"
#include "query_cells.hpp"

namespace idi::dataset {
namespace {

using testing::HasSubstr;

Column column(std::string name, ColumnType type) {
  Column made;
  made.name = name;
  made.natural_name = natural_name_of(name);
  made.type = type;
  made.declared_type = type == ColumnType::number ? "INTEGER" : "TEXT";
  return made;
}

Schema people() {
  Schema schema;
  schema.name = "people";
  Table person{"person", "person", TableKind::table, {}, {}, {}};
  person.columns = {column("name", ColumnType::text), column("age", ColumnType::number),
                    column("home_town", ColumnType::text), column("sex", ColumnType::text)};
  Table town{"town", "town", TableKind::table, {}, {}, {}};
  town.columns = {column("name", ColumnType::text), column("size", ColumnType::number)};
  schema.tables = {person, town};
  return schema;
}

std::shared_ptr<const link::Linker> linker_of_people() {
  const Schema schema = people();
  const auto cells = cells_of_queries(
      {"SELECT name FROM person WHERE home_town = 'New York'",
       "SELECT name FROM person WHERE home_town = 'Paris'",
       "SELECT name FROM person WHERE sex IN ('F', 'M')", "SELECT nothing FROM nowhere"},
      schema);
  const auto database = with_more_cells(nullptr, schema, cells);
  auto values = link::ValueIndex::open_or_build(*database, schema, {}, {}, {});
  EXPECT_TRUE(values.has_value());
  return link::Linker::make(schema, *values, link::WordNet::none());
}

class ExampleBuilder : public testing::Test {
 protected:
  tl::expected<BuiltExample, Skipped> build(std::string_view question, std::string_view sql) {
    return build_example(question, sql, *linker_, parser::Vocabulary("<unknown>\nage\n"));
  }
  std::string tokens(const BuiltExample& built) {
    return ir::to_text(built.tokens, linker_->schema());
  }
  std::shared_ptr<const link::Linker> linker_ = linker_of_people();
};

TEST_F(ExampleBuilder, PointsAtNumbersAndCells) {
  const auto built = build("Names of persons from new york older than 56?",
                           "SELECT name FROM person WHERE home_town = 'New York' AND age > 56");
  ASSERT_TRUE(built) << built.error().detail;
  EXPECT_EQ(built->values, (ValueUse{2, 0, 0, 0}));
  ASSERT_EQ(built->tokens.size(), 10U) << tokens(*built);
  const auto& values = built->linked.values;
  EXPECT_EQ(values[static_cast<std::size_t>(built->tokens[4].index)].text, "New York");
  EXPECT_EQ(values[static_cast<std::size_t>(built->tokens[8].index)].text, "56");
}

TEST_F(ExampleBuilder, EachStepIsAllowedAndPointsAtItsNode) {
  const auto built =
      build("Names of persons from Paris with the smallest age?",
            "SELECT name FROM person WHERE home_town = 'Paris' ORDER BY age LIMIT 1");
  ASSERT_TRUE(built) << built.error().detail;
  const auto& input = built->example.input;
  ASSERT_EQ(built->example.steps.size(), built->tokens.size());
  for (std::size_t i = 0; i < built->tokens.size(); ++i) {
    const auto& step = built->example.steps[i];
    if (built->tokens[i].kind == ir::Token::Kind::symbol) {
      EXPECT_TRUE(step.allowed_symbols >> step.target & 1U) << i;
      continue;
    }
    const int node = step.target - ir::symbol_count;
    ASSERT_LT(node, input.nodes());
    EXPECT_EQ(parser::token_of(node, built->linked, linker_->schema()), built->tokens[i]);
    const int kind = static_cast<int>(built->tokens[i].kind) - 1;  // column, table, value
    EXPECT_TRUE(step.allowed_pointers >> kind & 1) << i;
  }
  EXPECT_EQ(built->example.steps.back().target, static_cast<int>(ir::Symbol::end));
  EXPECT_THAT(tokens(*built), HasSubstr("limit one"));
}

TEST_F(ExampleBuilder, TwoEqualNumbersAreUsedInTurn) {
  const auto built = build("Persons with age 7 or towns with size 7?",
                           "SELECT name FROM person WHERE age = 7 UNION "
                           "SELECT name FROM town WHERE size = 7");
  ASSERT_TRUE(built) << built.error().detail;
  std::vector<int> pointed;
  for (const auto& token : built->tokens) {
    if (token.kind == ir::Token::Kind::value) {
      pointed.push_back(built->linked.values[static_cast<std::size_t>(token.index)].token_begin);
    }
  }
  ASSERT_EQ(pointed.size(), 2U);
  EXPECT_LT(pointed[0], pointed[1]);
}

TEST_F(ExampleBuilder, ValuesThatAreNotSaidBecomeAny) {
  const auto female =
      build("How many female persons?", "SELECT count(*) FROM person WHERE sex = 'F'");
  ASSERT_TRUE(female) << female.error().detail;
  EXPECT_EQ(female->values.resolvable + female->values.pointed, 1);
  const auto hidden =
      build("How many grown persons?", "SELECT count(*) FROM person WHERE age > 17");
  ASSERT_TRUE(hidden) << hidden.error().detail;
  EXPECT_EQ(hidden->values, (ValueUse{0, 0, 0, 1}));
  EXPECT_THAT(hidden->any_literals, testing::ElementsAre("age = '17'"));
  EXPECT_THAT(hidden->tokens,
              testing::Contains(
                  ir::Token{ir::Token::Kind::symbol, static_cast<int>(ir::Symbol::any_value)}));
}

TEST_F(ExampleBuilder, ZeroAndOneHaveTheirOwnWords) {
  const auto built = build("Persons without age?", "SELECT name FROM person WHERE age = 0");
  ASSERT_TRUE(built) << built.error().detail;
  EXPECT_EQ(built->values, (ValueUse{0, 1, 0, 0}));
}

TEST_F(ExampleBuilder, SaysWhyNot) {
  const auto reason = [this](std::string_view question, std::string_view sql) {
    const auto built = build(question, sql);
    EXPECT_FALSE(built) << sql;
    return built ? std::string_view("built") : skip_reason_name(built.error().reason);
  };
  EXPECT_EQ(reason("x", "SELEC name"), "gold SQL rejected");
  EXPECT_EQ(reason("x", "SELECT weight FROM person"), "gold SQL rejected");
  EXPECT_EQ(reason("x", "SELECT name FROM person ORDER BY age LIMIT 3"), "value not in question");
  EXPECT_EQ(reason("x", "SELECT a.name FROM person AS a JOIN person AS b ON a.age < b.age"),
            "outside the IR");
  std::string wide = "SELECT name";
  for (int i = 0; i < 80; ++i) wide += ", age";
  const auto built = build("x", wide + " FROM person");
  ASSERT_FALSE(built);
}

TEST(QueryCells, AreWholeTextsOnly) {
  const Schema schema = people();
  const auto cells = cells_of_queries(
      {"SELECT name FROM person WHERE home_town = 'Paris' AND age = 5 OR name LIKE '%x%'",
       "SELECT name FROM person WHERE age IN (SELECT size FROM town WHERE name != 'Rome')"},
      schema);
  EXPECT_EQ(cells, (CellsByColumn{{{0, 2}, {"Paris"}}, {{1, 0}, {"Rome"}}}));
}

TEST(QueryCells, ChangeTheFingerprint) {
  const Schema schema = people();
  const auto one = with_more_cells(nullptr, schema, {{{0, 2}, {"Paris"}}});
  const auto two = with_more_cells(nullptr, schema, {{{0, 2}, {"Rome"}}});
  const auto again = with_more_cells(nullptr, schema, {{{0, 2}, {"Paris"}}});
  EXPECT_NE(*one->fingerprint(), *two->fingerprint());
  EXPECT_EQ(*one->fingerprint(), *again->fingerprint());
  EXPECT_FALSE(one->connect().has_value());
  const auto cut = one->distinct_text_values({0, 2}, schema, 10, 3, {}, {});
  ASSERT_TRUE(cut.has_value());
  EXPECT_TRUE(cut->empty());  // longer than three bytes
}

}  // namespace
}  // namespace idi::dataset
