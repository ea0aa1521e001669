// Times and days of the week among the values.
#include "value_resolution.hpp"

#include <gmock/gmock.h>

#include "time_shape.hpp"

namespace idi::parser {
namespace {

using ir::Comparison;
using link::ValueKind;
using testing::age;
using testing::birthday;
using testing::country;
using ::testing::HasSubstr;
using testing::joined_at;
using testing::ValueResolution;
using testing::year;

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

TEST_F(ValueResolution, ADayIsNeverTheNearestCell) {
  index_.known[birthday] = {"1988-01-24"};
  index_.known[country] = {"1988-01-24"};
  index_.near = {{"1988-11-24", "1988-01-24"}, {"24 November 1988", "1988-01-24"}};
  ask("born on 24 November 1988");
  const int v = value(ValueKind::date, "1988-11-24", "24 November 1988");
  EXPECT_THAT(condition(birthday, Comparison::equal, {literal(v)}),
              HasSubstr("birthday = '1988-11-24'"));
  EXPECT_EQ(unresolved_, 0);  // a day is a day, whether or not a row has it
  EXPECT_THAT(condition(birthday, Comparison::greater, {literal(v)}),
              HasSubstr("birthday > '1988-11-24'"));
  EXPECT_THAT(condition(country, Comparison::equal, {literal(v)}),
              HasSubstr("country = '1988-11-24'"));
  EXPECT_EQ(unresolved_, 1);
}

TEST_F(ValueResolution, ACellThatIsTheDayIsSpelledAsItIs) {
  index_.known[country] = {"24 November 1988"};
  ask("born on 24 November 1988");
  const int v = value(ValueKind::date, "1988-11-24", "24 November 1988");
  EXPECT_THAT(condition(country, Comparison::equal, {literal(v)}),
              HasSubstr("country = '24 November 1988'"));
}

/// weekday(joined_at) op the words; what the CASE of weekdays is compared with.
class Weekdays : public ValueResolution {
 protected:
  std::string compared(ir::ExpressionPtr left, Comparison op, std::vector<std::string> words,
                       bool negated = false) {
    std::string question = "joined on";
    for (const std::string& word : words) question += " " + word;
    ask(question);
    std::vector<ir::Literal> literals;
    for (const std::string& word : words)
      literals.push_back(literal(value(ValueKind::span, word, word)));
    ir::Query query = where(std::move(left), op, std::move(literals));
    auto predicate = std::get<ir::Predicate>(query.where->node);
    predicate.negated = negated;
    query.where = std::make_shared<ir::Condition>(ir::Condition{std::move(predicate)});
    const std::string sql = condition(query);
    const std::size_t end = sql.find(" END ");
    return end == std::string::npos ? sql : sql.substr(end + 5);
  }
  static ir::ExpressionPtr weekday() {
    return std::make_shared<ir::Expression>(
        ir::Expression{ir::FunctionCall{ir::Function::weekday, column(joined_at)}});
  }
};

TEST_F(Weekdays, AreSpelledAsTheFunctionSpellsThem) {
  for (const char* word : {"Mondays", "monday", "MONDAY", "Mon", "Mon."}) {
    EXPECT_EQ(compared(weekday(), Comparison::equal, {word}), "= 'Monday'") << word;
    EXPECT_EQ(unresolved_, 0);
  }
  EXPECT_EQ(compared(weekday(), Comparison::not_equal, {"Sundays"}), "!= 'Sunday'");
  EXPECT_EQ(compared(weekday(), Comparison::like, {"Tues"}), "= 'Tuesday'");
  EXPECT_EQ(compared(weekday(), Comparison::like, {"Tues"}, true), "!= 'Tuesday'");
  EXPECT_EQ(compared(weekday(), Comparison::in, {"Mon", "fridays"}), "IN ('Monday', 'Friday')");
}

TEST_F(Weekdays, SeveralDaysAreAList) {
  EXPECT_EQ(compared(weekday(), Comparison::equal, {"weekends"}), "IN ('Saturday', 'Sunday')");
  EXPECT_EQ(compared(weekday(), Comparison::not_equal, {"weekend"}),
            "NOT IN ('Saturday', 'Sunday')");
  EXPECT_EQ(compared(weekday(), Comparison::in, {"weekend", "friday"}, true),
            "NOT IN ('Saturday', 'Sunday', 'Friday')");
  EXPECT_EQ(compared(weekday(), Comparison::equal, {"weekdays"}),
            "IN ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday')");
}

TEST_F(Weekdays, BesideATimeAreItsWeekday) {
  EXPECT_EQ(compared(column(joined_at), Comparison::equal, {"Tue"}), "= 'Tuesday'");
  EXPECT_EQ(unresolved_, 0);
  EXPECT_EQ(compared(column(country), Comparison::equal, {"Tue"}), "country = 'Tue'");
}

TEST_F(Weekdays, BesideAnotherPartOfATimeAreItsWeekday) {
  const auto month = std::make_shared<ir::Expression>(
      ir::Expression{ir::FunctionCall{ir::Function::month, column(joined_at)}});
  EXPECT_EQ(compared(month, Comparison::equal, {"Saturdays"}), "= 'Saturday'");
}

TEST_F(Weekdays, AnyValueIsTheDayThatNoValueUses) {
  ask("joined on Mon or Tue");
  value(ValueKind::span, "Mon", "Mon");
  ir::Query query = where(weekday(), Comparison::in, {literal(0), any()});
  EXPECT_THAT(condition(query), HasSubstr("IN ('Monday', 'Tuesday')"));
  EXPECT_EQ(unresolved_, 0);
  ask("on a holiday");
  query = where(weekday(), Comparison::equal, {any()});
  EXPECT_THAT(condition(query), HasSubstr("= 'holiday'"));
  EXPECT_EQ(unresolved_, 1);
}

TEST_F(Weekdays, OtherWordsAreUnresolved) {
  EXPECT_EQ(compared(weekday(), Comparison::equal, {"blue"}), "= 'blue'");
  EXPECT_EQ(unresolved_, 1);
  EXPECT_EQ(compared(weekday(), Comparison::in, {"Mon", "blue"}), "IN ('Mon', 'blue')");
}

TEST_F(ValueResolution, AWordOfATimeMeansTheTime) {
  ask("joined in March 2020 or Q3 2020");
  const int march = value(ValueKind::span, "March", "March");
  const int third = value(ValueKind::span, "Q3", "Q3");
  value(ValueKind::date, "2020-03", "March 2020");
  value(ValueKind::date, "2020-07-01/2020-10-01", "Q3 2020");
  const auto part = [](ir::Function function) {
    return std::make_shared<ir::Expression>(
        ir::Expression{ir::FunctionCall{function, column(joined_at)}});
  };
  EXPECT_THAT(condition(where(part(ir::Function::month), Comparison::equal, {literal(march)})),
              HasSubstr("= '2020-03'"));
  EXPECT_EQ(unresolved_, 0);
  EXPECT_THAT(condition(where(part(ir::Function::quarter), Comparison::equal, {literal(third)})),
              HasSubstr("joined_at >= '2020-07-01' AND joined_at < '2020-10-01'"));
  EXPECT_THAT(condition(country, Comparison::equal, {literal(march)}),
              HasSubstr("country = 'March'"));
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
