#include "time_condition.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "idi/core/text.hpp"
#include "idi/sql/translate.hpp"

namespace idi::parser {
namespace {

using ir::Comparison;

/// One table with a column for every way of storing times.
Schema times() {
  Schema schema;
  Table table;
  table.name = table.natural_name = "e";
  const auto add = [&](std::string name, std::string declared, ColumnType type,
                       std::vector<std::string> samples,
                       TimeEncoding encoding = TimeEncoding::native) {
    Column column;
    column.name = column.natural_name = std::move(name);
    column.declared_type = std::move(declared);
    column.type = type;
    column.sample_values = std::move(samples);
    column.time_encoding = encoding;
    table.columns.push_back(std::move(column));
  };
  add("day", "DATE", ColumnType::time, {"2023-05-17"});
  add("moment", "DATETIME", ColumnType::time, {"2023-05-17 08:30:00"});
  add("new", "DATETIME", ColumnType::time, {});
  add("month", "TEXT", ColumnType::text, {"2023-05"});
  add("year", "YEAR", ColumnType::time, {"2023"});
  add("season", "INTEGER", ColumnType::number, {"2023", "2024"});
  add("seconds", "INTEGER", ColumnType::time, {"1684274400"}, TimeEncoding::epoch_seconds);
  add("millis", "INTEGER", ColumnType::time, {"1684274400000"}, TimeEncoding::epoch_millis);
  add("julian", "REAL", ColumnType::time, {"2460081.5"}, TimeEncoding::julian_day);
  add("compact", "INTEGER", ColumnType::time, {"20230517"}, TimeEncoding::compact_day);
  add("dotted", "TEXT", ColumnType::time, {"17.05.2023"}, TimeEncoding::day_first);
  add("price", "REAL", ColumnType::number, {"12.5"});
  add("words", "TEXT", ColumnType::text, {"in May"});
  schema.tables = {std::move(table)};
  return schema;
}

const Schema& schema() {
  static const Schema made = times();
  return made;
}

temporal::Calendar in_berlin() {
  temporal::CalendarSettings settings;
  settings.time_zone = "Europe/Berlin";
  return *temporal::Calendar::fixed("2023-05-17", settings);
}

ColumnRef ref_of(std::string_view name) { return {0, *schema().find_column(0, name)}; }

ir::ExpressionPtr expression(std::string_view name, std::optional<ir::Function> function) {
  auto column = std::make_shared<ir::Expression>(ir::Expression{ref_of(name)});
  if (!function) return column;
  return std::make_shared<ir::Expression>(ir::Expression{ir::FunctionCall{*function, column}});
}

/// The condition as SQL; "as it is" for none.
std::string written(std::string_view name, Comparison op, const std::vector<std::string>& said,
                    std::optional<ir::Function> function = {}, bool negated = false) {
  ir::Predicate predicate{op, negated, expression(name, function), {}};
  for (std::size_t i = 0; i < said.size(); ++i)
    predicate.operands.emplace_back(ir::Literal{ir::Literal::Kind::text, "", static_cast<int>(i)});
  ir::Query query;
  query.select = {expression("price", {})};
  query.where = time_condition(predicate, said, schema().column(ref_of(name)), in_berlin());
  if (!query.where) return "as it is";
  const auto sql = sql::to_sql(query, schema(), Dialect::sqlite);
  if (!sql) return sql.error().to_text();
  return sql->substr(sql->find("WHERE ") + 6);
}

constexpr const char* quarter = "2023-07-01/2023-10-01";

TEST(TimeCondition, KeepsWhatIsPlain) {
  EXPECT_EQ(written("day", Comparison::equal, {"2023-05-17"}), "as it is");
  EXPECT_EQ(written("year", Comparison::equal, {"2023"}), "as it is");
  EXPECT_EQ(written("season", Comparison::greater, {"2023"}), "as it is");
  EXPECT_EQ(written("month", Comparison::equal, {"2023-05"}), "as it is");
  EXPECT_EQ(written("day", Comparison::equal, {"2023"}, ir::Function::year), "as it is");
  EXPECT_EQ(written("day", Comparison::less, {"2023-05"}, ir::Function::month), "as it is");
  EXPECT_EQ(written("day", Comparison::equal, {"2023"}),
            "CAST(STRFTIME('%Y', day) AS INTEGER) = 2023");
  EXPECT_EQ(written("moment", Comparison::equal, {"2023-05"}),
            "STRFTIME('%Y-%m', moment) = '2023-05'");
}

TEST(TimeCondition, LeavesWhatIsNoTime) {
  EXPECT_EQ(written("price", Comparison::equal, {quarter}), "as it is");
  EXPECT_EQ(written("price", Comparison::greater, {"2023"}), "as it is");
  EXPECT_EQ(written("words", Comparison::equal, {quarter}), "as it is");
  EXPECT_EQ(written("day", Comparison::equal, {"blue"}), "as it is");
  EXPECT_EQ(written("day", Comparison::between, {"2023", "blue"}), "as it is");
  EXPECT_EQ(written("day", Comparison::equal, {}), "as it is");
}

TEST(TimeCondition, ComparesDaysWithIntervals) {
  for (const std::string name : {"day", "moment", "new"}) {
    EXPECT_EQ(written(name, Comparison::equal, {quarter}),
              name + " >= '2023-07-01' AND " + name + " < '2023-10-01'");
    EXPECT_EQ(written(name, Comparison::not_equal, {quarter}),
              name + " < '2023-07-01' OR " + name + " >= '2023-10-01'");
    EXPECT_EQ(written(name, Comparison::greater_equal, {quarter}), name + " >= '2023-07-01'");
    EXPECT_EQ(written(name, Comparison::greater, {quarter}), name + " >= '2023-10-01'");
    EXPECT_EQ(written(name, Comparison::less, {quarter}), name + " < '2023-07-01'");
    EXPECT_EQ(written(name, Comparison::less_equal, {quarter}), name + " < '2023-10-01'");
  }
}

TEST(TimeCondition, ADayOfMomentsIsARange) {
  EXPECT_EQ(written("moment", Comparison::equal, {"2024-02-28"}),
            "moment >= '2024-02-28' AND moment < '2024-02-29'");
  EXPECT_EQ(written("moment", Comparison::greater, {"2023-12-31"}), "moment >= '2024-01-01'");
}

TEST(TimeCondition, BetweenIsFromTheFirstToTheEndOfTheSecond) {
  EXPECT_EQ(written("day", Comparison::between, {"2022-07", "2022-09"}),
            "STRFTIME('%Y-%m', day) BETWEEN '2022-07' AND '2022-09'");
  EXPECT_EQ(written("moment", Comparison::between, {"2022-07-01", "2022-07-03"}),
            "moment >= '2022-07-01' AND moment < '2022-07-04'");
  EXPECT_EQ(written("day", Comparison::between, {"2022-07-15", "2022-09"}),
            "day >= '2022-07-15' AND day < '2022-10-01'");
  EXPECT_EQ(written("day", Comparison::between, {"2022-09", quarter}),
            "day >= '2022-09-01' AND day < '2023-10-01'");
  EXPECT_EQ(written("day", Comparison::between, {quarter, "2022-09"}),
            "day >= '2022-09-01' AND day < '2023-10-01'");
  EXPECT_EQ(written("day", Comparison::between, {"2022-07-15", "2022-09"}, {}, true),
            "day < '2022-07-15' OR day >= '2022-10-01'");
}

TEST(TimeCondition, ListsAreAlternatives) {
  EXPECT_EQ(written("day", Comparison::in, {"2022-03", "2022-05"}),
            "day >= '2022-03-01' AND day < '2022-04-01' OR day >= '2022-05-01' AND day < "
            "'2022-06-01'");
  EXPECT_EQ(written("day", Comparison::in, {"2022-03"}, {}, true),
            "day < '2022-03-01' OR day >= '2022-04-01'");
  EXPECT_EQ(written("day", Comparison::in, {"2022-03-01", "2022-05-01"}), "as it is");
}

TEST(TimeCondition, APatternMeansTheSpan) {
  EXPECT_EQ(written("day", Comparison::like, {"2023"}), "as it is");
  EXPECT_EQ(written("moment", Comparison::like_prefix, {"2023-05"}), "as it is");
  EXPECT_EQ(written("day", Comparison::like_prefix, {"2023-05-17"}), "day = '2023-05-17'");
  EXPECT_EQ(written("day", Comparison::like, {"2023-05-17"}, {}, true), "day != '2023-05-17'");
  EXPECT_EQ(written("moment", Comparison::like_prefix, {"2023-05"}, ir::Function::month),
            "STRFTIME('%Y-%m', moment) = '2023-05'");
  EXPECT_EQ(written("day", Comparison::like, {"2023"}, ir::Function::year),
            "CAST(STRFTIME('%Y', day) AS INTEGER) = 2023");
  EXPECT_EQ(written("season", Comparison::like, {"2023"}), "season = 2023");
  EXPECT_EQ(written("month", Comparison::like, {"2023-05"}), "month = '2023-05'");
  EXPECT_EQ(written("day", Comparison::like, {quarter}),
            "day >= '2023-07-01' AND day < '2023-10-01'");
  EXPECT_EQ(written("compact", Comparison::like, {"2023-05-17"}, {}, true), "compact != 20230517");
}

TEST(TimeCondition, CellsThatSayLessAreComparedByTheirUnit) {
  EXPECT_EQ(written("month", Comparison::equal, {quarter}),
            "month >= '2023-07' AND month <= '2023-09'");
  EXPECT_EQ(written("month", Comparison::greater, {quarter}), "month > '2023-09'");
  EXPECT_EQ(written("month", Comparison::equal, {"2023-05-17"}), "month = '2023-05'");
  EXPECT_EQ(written("month", Comparison::equal, {"2023"}),
            "CAST(STRFTIME('%Y', month) AS INTEGER) = 2023");
  EXPECT_EQ(written("year", Comparison::equal, {quarter}), "year = 2023");
  EXPECT_EQ(written("season", Comparison::equal, {"1990-01-01/2000-01-01"}),
            "season >= 1990 AND season <= 1999");
  EXPECT_EQ(written("season", Comparison::not_equal, {"2023-05"}), "season != 2023");
  EXPECT_EQ(written("season", Comparison::less, {"2023-05"}), "season < 2023");
}

// Berlin is two hours before UTC in summer.
TEST(TimeCondition, SecondsCountFromMidnightInTheCalendarsZone) {
  EXPECT_EQ(written("seconds", Comparison::equal, {"2023-05-17"}),
            "seconds >= 1684274400 AND seconds < 1684360800");
  EXPECT_EQ(written("seconds", Comparison::less, {"2023"}), "seconds < 1672527600");
  EXPECT_EQ(written("seconds", Comparison::equal, {"2023"}, ir::Function::year),
            "seconds >= 1672527600 AND seconds < 1704063600");
  EXPECT_EQ(written("millis", Comparison::greater, {"2023-05-17"}), "millis >= 1684360800000");
}

TEST(TimeCondition, OtherNumbersHaveNoZone) {
  EXPECT_EQ(written("julian", Comparison::equal, {"2023-05-17"}),
            "julian >= 2460081.5 AND julian < 2460082.5");
  EXPECT_EQ(written("compact", Comparison::equal, {"2023-05-17"}), "compact = 20230517");
  EXPECT_EQ(written("compact", Comparison::equal, {"2023-05"}),
            "compact >= 20230501 AND compact < 20230601");
  EXPECT_EQ(written("compact", Comparison::equal, {"2023"}, ir::Function::year), "as it is");
}

TEST(TimeCondition, WrittenDatesAreComparedAsIso) {
  const std::string iso =
      "(SUBSTR(dotted, 7, 4) || '-' || SUBSTR(dotted, 4, 2) || '-' || SUBSTR(dotted, 1, 2))";
  EXPECT_EQ(written("dotted", Comparison::greater_equal, {"2023-05"}), iso + " >= '2023-05-01'");
  EXPECT_EQ(written("dotted", Comparison::equal, {"2023-05-17"}), iso + " = '2023-05-17'");
}

TEST(TimeCondition, APartGivesWayToWhatSaysMore) {
  EXPECT_EQ(written("day", Comparison::equal, {quarter}, ir::Function::year),
            "day >= '2023-07-01' AND day < '2023-10-01'");
  EXPECT_EQ(written("day", Comparison::equal, {"2023-05"}, ir::Function::year),
            "day >= '2023-05-01' AND day < '2023-06-01'");
  EXPECT_EQ(written("day", Comparison::equal, {quarter}, ir::Function::quarter),
            "day >= '2023-07-01' AND day < '2023-10-01'");
  EXPECT_EQ(written("moment", Comparison::less, {"2023-05"}, ir::Function::date),
            "moment < '2023-05-01'");
  EXPECT_EQ(written("day", Comparison::equal, {"2023-03"}, ir::Function::month_number),
            "CAST(STRFTIME('%m', day) AS INTEGER) = 3");
}

}  // namespace
}  // namespace idi::parser
