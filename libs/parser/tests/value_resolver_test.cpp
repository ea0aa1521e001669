#include "value_resolver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/link/linker.hpp"
#include "idi/sql/translate.hpp"
#include "small_schema.hpp"
#include "time_shape.hpp"

namespace idi::parser {
namespace {

using ir::Comparison;
using link::ValueKind;
using ::testing::HasSubstr;

constexpr ColumnRef name{0, 1}, country{0, 2}, age{0, 3}, is_male{0, 4}, birthday{0, 5},
    joined_at{0, 6}, year{1, 2};

/// Resolves "select singer.name (or concert_name) where column op values" and writes it as SQL.
class ValueResolution : public ::testing::Test {
 protected:
  ValueResolution() {
    index_.known[country] = {" France", "Netherlands", "USA"};
    index_.known[is_male] = {"F", "T"};
    index_.known[name] = {"Joe Sharp", "Rose White"};
    index_.near = {{"French", " France"}, {"United States", "USA"}, {"woman", "F"}};
  }

  void ask(std::string question) {
    question_ = {};
    question_.tokens = link::tokenize(question);
    question_.question = std::move(question);
    question_.token_column.clear();
  }

  /// A candidate of the words that equal `said`; returns its index.
  int value(ValueKind kind, std::string text, std::string_view said) {
    link::ValueCandidate candidate;
    candidate.kind = kind;
    candidate.text = std::move(text);
    const std::size_t begin = question_.question.find(said);
    for (int i = 0; i < static_cast<int>(question_.tokens.size()); ++i) {
      const auto& token = question_.tokens[static_cast<std::size_t>(i)];
      if (token.begin == begin) candidate.token_begin = i;
      if (token.end == begin + said.size()) candidate.token_end = i + 1;
    }
    question_.values.push_back(std::move(candidate));
    return static_cast<int>(question_.values.size()) - 1;
  }

  static ir::ExpressionPtr column(ColumnRef ref) {
    return std::make_shared<ir::Expression>(ir::Expression{ref});
  }
  static ir::Literal literal(int candidate) { return {ir::Literal::Kind::text, "", candidate}; }
  static ir::Literal any() { return {ir::Literal::Kind::any, "", -1}; }

  static ir::Query where(ir::ExpressionPtr left, Comparison op, std::vector<ir::Literal> literals) {
    ir::Predicate predicate;
    predicate.left = std::move(left);
    predicate.op = op;
    for (auto& operand : literals) predicate.operands.emplace_back(std::move(operand));
    ir::Query query;
    query.select = {column(name)};
    query.where = std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
    return query;
  }

  /// What follows WHERE.
  std::string condition(const ir::Query& query) {
    ValueResolver resolver(question_, schema_, index_, calendar_);
    const auto resolved = resolver.resolve(query);
    if (!resolved) return resolved.error().message;
    unresolved_ = resolved->unresolved;
    const auto sql = sql::to_sql(resolved->query, schema_, Dialect::sqlite);
    if (!sql) return sql.error().message;
    const std::size_t at = sql->find("WHERE ");
    return at == std::string::npos ? *sql : sql->substr(at + 6);
  }
  std::string condition(ColumnRef ref, Comparison op, std::vector<ir::Literal> literals) {
    return condition(where(column(ref), op, std::move(literals)));
  }

  Schema schema_ = testing::small_schema();
  testing::FakeValueIndex index_;
  temporal::Calendar calendar_;
  link::LinkedQuestion question_;
  int unresolved_ = 0;
};

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

TEST_F(ValueResolution, ABareYearComparesTheYearOfFullDates) {
  ask("born in 1988");
  const int v = value(ValueKind::date, "1988", "1988");
  const auto equal = condition(birthday, Comparison::equal, {literal(v)});
  EXPECT_THAT(equal, HasSubstr("STRFTIME('%Y', birthday)"));
  EXPECT_THAT(equal, HasSubstr("1988"));
  const auto after = condition(birthday, Comparison::greater, {literal(v)});
  EXPECT_THAT(after, HasSubstr("STRFTIME"));
  EXPECT_THAT(after, HasSubstr("> 1988"));
}

TEST_F(ValueResolution, YearsBetweenCompareYears) {
  ask("born between 1980 and 1988");
  const int a = value(ValueKind::date, "1980", "1980");
  const int b = value(ValueKind::date, "1988", "1988");
  EXPECT_THAT(condition(birthday, Comparison::between, {literal(a), literal(b)}),
              HasSubstr("BETWEEN 1980 AND 1988"));
}

TEST_F(ValueResolution, AMonthComparesTheMonthOfFullDates) {
  ask("born in December 1988");
  const int v = value(ValueKind::date, "1988-12", "December 1988");
  EXPECT_THAT(condition(birthday, Comparison::equal, {literal(v)}), HasSubstr("= '1988-12'"));
}

TEST_F(ValueResolution, ADayOfMomentsIsARange) {
  ask("joined on 2020-02-28");
  const int v = value(ValueKind::date, "2020-02-28", "2020-02-28");
  const auto on = condition(joined_at, Comparison::equal, {literal(v)});
  EXPECT_THAT(on, HasSubstr("joined_at >= '2020-02-28'"));
  EXPECT_THAT(on, HasSubstr("joined_at < '2020-02-29'"));
  EXPECT_THAT(condition(joined_at, Comparison::greater, {literal(v)}),
              HasSubstr("joined_at >= '2020-02-29'"));
  EXPECT_THAT(condition(joined_at, Comparison::not_equal, {literal(v)}), HasSubstr(" OR "));
  // A column of days has no moments.
  EXPECT_THAT(condition(birthday, Comparison::equal, {literal(v)}),
              HasSubstr("birthday = '2020-02-28'"));
}

TEST_F(ValueResolution, AYearAgainstAColumnOfYearsIsANumber) {
  ask("concerts in 2014");
  const int v = value(ValueKind::date, "2014", "2014");
  auto query = where(column(year), Comparison::equal, {literal(v)});
  query.select = {column({1, 1})};
  EXPECT_THAT(condition(query), HasSubstr("year = 2014"));
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

TEST_F(ValueResolution, AnIntervalIsFromItsBeginningToItsEnd) {
  ask("born in the third quarter of 1988");
  const int v = value(ValueKind::date, "1988-07-01/1988-10-01", "third quarter of 1988");
  const auto in = condition(birthday, Comparison::equal, {literal(v)});
  EXPECT_THAT(in, HasSubstr("birthday >= '1988-07-01'"));
  EXPECT_THAT(in, HasSubstr("birthday < '1988-10-01'"));
  EXPECT_EQ(unresolved_, 0);
  EXPECT_THAT(condition(joined_at, Comparison::greater, {literal(v)}),
              HasSubstr("joined_at >= '1988-10-01'"));
}

TEST_F(ValueResolution, AnIntervalBesideWhatIsNoTimeIsUnresolved) {
  ask("older than last quarter");
  const int v = value(ValueKind::date, "1988-07-01/1988-10-01", "last quarter");
  condition(age, Comparison::greater, {literal(v)});
  EXPECT_EQ(unresolved_, 1);
}

TEST(TimeShape, IsReadFromTexts) {
  EXPECT_EQ(time_shape_of("2023"), TimeShape::year);
  EXPECT_EQ(time_shape_of("2023-05"), TimeShape::month);
  EXPECT_EQ(time_shape_of("2023-05-17"), TimeShape::day);
  EXPECT_EQ(time_shape_of("2023-05-17T08:00"), TimeShape::day_time);
  EXPECT_EQ(time_shape_of("2023-05-17 08:00"), TimeShape::day_time);
  for (const char* text : {"", "5", "0123", "9999", "2023-13", "17.05.2023", "2023-05-17x", "20235",
                           "2023-5-17", "2023-05-47"})
    EXPECT_EQ(time_shape_of(text), TimeShape::none) << text;
}

}  // namespace
}  // namespace idi::parser
