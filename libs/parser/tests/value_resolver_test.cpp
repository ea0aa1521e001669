#include "value_resolution.hpp"

#include <gmock/gmock.h>

namespace idi::parser {
namespace {

using ir::Comparison;
using link::ValueKind;
using testing::age;
using testing::birthday;
using testing::country;
using ::testing::HasSubstr;
using testing::is_male;
using testing::joined_at;
using testing::name;
using testing::ValueResolution;
using testing::year;

TEST_F(ValueResolution, NumbersAreTypedByTheColumn) {
  ask("older than 56");
  const int v = value(ValueKind::number, "56", "56");
  EXPECT_THAT(condition(age, Comparison::greater, {literal(v)}), HasSubstr("age > 56"));
  EXPECT_THAT(condition(country, Comparison::equal, {literal(v)}), HasSubstr("country = '56'"));
}

TEST_F(ValueResolution, ThousandsSeparatorsAreNoPartOfANumber) {
  ask("more than 1,200");
  const int v = value(ValueKind::number, "1,200", "1,200");
  EXPECT_THAT(condition(age, Comparison::greater, {literal(v)}), HasSubstr("age > 1200"));
}

TEST_F(ValueResolution, CellsAreSpelledAsTheColumnHasThem) {
  ask("singers from france");
  const int v = value(ValueKind::span, "france", "france");
  EXPECT_THAT(condition(country, Comparison::equal, {literal(v)}),
              HasSubstr("country = ' France'"));
  EXPECT_EQ(unresolved_, 0);
}

TEST_F(ValueResolution, TheLinkersCellsAreUsedForTheirColumns) {
  ask("singers from france");
  const int v = value(ValueKind::cell, "France", "france");
  question_.values[0].columns = {country};
  question_.values[0].cells = {"FRANCE"};
  EXPECT_THAT(condition(country, Comparison::equal, {literal(v)}), HasSubstr("country = 'FRANCE'"));
}

TEST_F(ValueResolution, WordsThatAreNoCellBecomeTheNearestOne) {
  ask("singers from the United States");
  const int v = value(ValueKind::span, "United States", "United States");
  EXPECT_THAT(condition(country, Comparison::equal, {literal(v)}), HasSubstr("country = 'USA'"));
  EXPECT_EQ(unresolved_, 0);
}

TEST_F(ValueResolution, WordsThatNothingIsNearAreKeptAndCounted) {
  ask("singers from Atlantis");
  const int v = value(ValueKind::span, "Atlantis", "Atlantis");
  EXPECT_THAT(condition(country, Comparison::equal, {literal(v)}),
              HasSubstr("country = 'Atlantis'"));
  EXPECT_EQ(unresolved_, 1);
}

TEST_F(ValueResolution, AColumnThatIsNotIndexedIsGivenTheBenefitOfTheDoubt) {
  ask("at Wembley");
  const int v = value(ValueKind::span, "Wembley", "Wembley");
  EXPECT_THAT(condition({1, 3}, Comparison::equal, {literal(v)}), HasSubstr("venue = 'Wembley'"));
  EXPECT_EQ(unresolved_, 0);
}

TEST_F(ValueResolution, PatternsStayAsTheyAre) {
  ask("names that contain fran");
  const int v = value(ValueKind::span, "fran", "fran");
  EXPECT_THAT(condition(country, Comparison::like, {literal(v)}), HasSubstr("LIKE '%fran%'"));
  const int number = value(ValueKind::number, "5", "fran");
  EXPECT_THAT(condition(age, Comparison::like, {literal(number)}), HasSubstr("LIKE '%5%'"));
}

TEST_F(ValueResolution, AnyValueIsTheCellThatTheQuestionMeans) {
  ask("Which French singer is a woman?");
  EXPECT_THAT(condition(country, Comparison::equal, {any()}), HasSubstr("country = ' France'"));
  EXPECT_THAT(condition(is_male, Comparison::equal, {any()}), HasSubstr("is_male = 'F'"));
  EXPECT_EQ(unresolved_, 0);
}

TEST_F(ValueResolution, AnyValueTakesNoWordsThatAnotherValueUses) {
  ask("French singers from the United States");
  const int v = value(ValueKind::span, "French", "French");
  auto query = where(column(country), Comparison::in, {literal(v), any()});
  EXPECT_THAT(condition(query), HasSubstr("country IN (' France', 'USA')"));
}

TEST_F(ValueResolution, AnyValueOfAFlagIsItsYes) {
  ask("male singers");
  EXPECT_THAT(condition(is_male, Comparison::equal, {any()}), HasSubstr("is_male = 'T'"));
}

TEST_F(ValueResolution, AnyValueWithoutACellKeepsTheQuestionsWords) {
  ask("who is the wandering minstrel");
  EXPECT_THAT(condition(name, Comparison::equal, {any()}),
              HasSubstr("name = 'wandering minstrel'"));
  EXPECT_EQ(unresolved_, 1);
}

TEST_F(ValueResolution, AnyNumberIsOneThatNothingUses) {
  ask("aged 20 or 30");
  const int v = value(ValueKind::number, "20", "20");
  value(ValueKind::number, "30", "30");
  EXPECT_THAT(condition(where(column(age), Comparison::in, {literal(v), any()})),
              HasSubstr("age IN (20, 30)"));
}

TEST_F(ValueResolution, OneAndZeroFollowTheColumn) {
  ask("flags");
  const ir::Literal one{ir::Literal::Kind::number, "1", -1};
  EXPECT_THAT(condition(age, Comparison::equal, {one}), HasSubstr("age = 1"));
  EXPECT_THAT(condition(is_male, Comparison::equal, {one}), HasSubstr("is_male = '1'"));
}

TEST_F(ValueResolution, CountsAreComparedWithNumbers) {
  ask("countries with more than three singers");
  const int v = value(ValueKind::number, "3", "three");
  ir::Query query;
  query.select = {column(country)};
  query.group_by = {column(country)};
  ir::Predicate predicate;
  predicate.op = Comparison::greater;
  predicate.left = std::make_shared<ir::Expression>(ir::Expression{
      ir::AggregateCall{ir::Aggregate::count, false,
                        std::make_shared<ir::Expression>(ir::Expression{ir::StarOf{0}})}});
  predicate.operands = {literal(v)};
  query.having = std::make_shared<ir::Condition>(ir::Condition{predicate});
  EXPECT_THAT(condition(query), HasSubstr("> 3"));
}

TEST_F(ValueResolution, ALimitMustBeAWholeNumber) {
  ask("the top 3 and 2.5 and many");
  auto query = where(column(age), Comparison::is_null, {});
  query.limit = literal(value(ValueKind::number, "3", "3"));
  EXPECT_THAT(condition(query), HasSubstr("LIMIT 3"));
  for (const char* wrong : {"2.5", "many", "-4", "99999999999999999999"}) {
    query.limit = literal(value(ValueKind::span, wrong, "many"));
    EXPECT_THAT(condition(query), HasSubstr("not a whole number")) << wrong;
  }
}

TEST_F(ValueResolution, ReachesSubqueriesAndSetOperations) {
  ask("older than 56 and from france");
  const int number = value(ValueKind::number, "56", "56");
  const int cell = value(ValueKind::span, "france", "france");
  auto inner = where(column(country), Comparison::equal, {literal(cell)});
  ir::Query outer = where(column(age), Comparison::greater, {literal(number)});
  outer.set_operator = ir::SetOperator::intersect;
  outer.set_right = std::make_shared<ir::Query>(inner);
  const auto united = condition(outer);
  EXPECT_THAT(united, HasSubstr("age > 56"));
  EXPECT_THAT(united, HasSubstr("country = ' France'"));

  ir::Predicate in;
  in.op = Comparison::in;
  in.left = column(name);
  in.operands = {std::make_shared<const ir::Query>(inner)};
  ir::Query nested;
  nested.select = {column(age)};
  nested.where = std::make_shared<ir::Condition>(ir::Condition{in});
  EXPECT_THAT(condition(nested), HasSubstr("country = ' France'"));
}

}  // namespace
}  // namespace idi::parser
