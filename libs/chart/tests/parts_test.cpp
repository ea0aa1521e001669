// The parts that cases are too coarse for: reading times, words, thinning, large results.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "bins.hpp"
#include "cell.hpp"
#include "column_words.hpp"
#include "idi/chart/chart.hpp"
#include "idi/chart/column_kind.hpp"
#include "thinning.hpp"

namespace idi::chart {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

TEST(ReadTime, KnowsWhatDatabasesAndPeopleWrite) {
  EXPECT_EQ(read_time("1970-01-02").key, 1);
  EXPECT_EQ(read_time("2000-03-01").key, 11017);
  EXPECT_EQ(read_time("1970-01-01 12:00").key, 0.5);
  EXPECT_EQ(read_time("1970-01-01T12:00:00.500Z").unit, TimeUnit::instant);
  EXPECT_EQ(read_time("1970-01-01T12:00:00+06:00").key, 0.25);
  EXPECT_EQ(read_time("1970-01-01T12:00:00-0600").key, 0.75);
  EXPECT_EQ(read_time("2023").unit, TimeUnit::year);
  EXPECT_EQ(read_time("2023-05").unit, TimeUnit::month);
  EXPECT_EQ(read_time("2023/05").unit, TimeUnit::month);
  EXPECT_EQ(read_time("2023-W05").unit, TimeUnit::week);
  EXPECT_EQ(read_time("2023-Q3").unit, TimeUnit::quarter);
  EXPECT_EQ(read_time("2023Q3").key, read_time("Q3 2023").key);
  EXPECT_EQ(read_time("Q3").unit, TimeUnit::quarter_of_year);
  EXPECT_EQ(read_time("May").key, 5);
  EXPECT_EQ(read_time("SEPT").key, 9);
  EXPECT_EQ(read_time("tue").key, 2);
  EXPECT_EQ(read_time("10:30").unit, TimeUnit::time_of_day);
  EXPECT_EQ(read_time("9:30 PM").key, read_time("21:30").key);
  const double day = read_time("2009-05-05").key;
  for (const auto* text : {"May 5, 2009", "5 May 2009", "05-May-2009", "5.5.2009", "05/05/2009",
                           "2009/5/5", "Mai 5", "May 05 2009"}) {
    if (std::string_view{text} == "Mai 5") {
      EXPECT_EQ(read_time(text).unit, TimeUnit::none);
    } else {
      EXPECT_EQ(read_time(text).key, day) << text;
    }
  }
  EXPECT_EQ(read_time("06/05/2009", true).key, read_time("2009-05-06").key);
  EXPECT_EQ(read_time("06/05/2009", false).key, read_time("2009-06-05").key);
}

TEST(ReadTime, RefusesWhatIsNoTime) {
  for (const auto* text : {"",
                           " ",
                           "soon",
                           "2023-13",
                           "2023-02-29",
                           "2023-02-30",
                           "1900-02-29",
                           "31/02/2023",
                           "12",
                           "123",
                           "12345",
                           "2023-05-17x",
                           "2023-05-17 25:00",
                           "10:61",
                           "Q5",
                           "Mayor",
                           "2012-13",
                           "may 99",
                           "2023-W54",
                           "2023-05-17T10:00+99:00",
                           "1.2.3",
                           "5-5-5",
                           "Sat 4",
                           "13:00 PM"}) {
    EXPECT_EQ(read_time(text).unit, TimeUnit::none) << text;
    EXPECT_TRUE(std::isnan(read_time(text).key)) << text;
  }
}

TEST(ReadTime, KnowsLeapDays) {
  EXPECT_EQ(read_time("2024-02-29").key + 1, read_time("2024-03-01").key);
  EXPECT_EQ(read_time("2000-02-29").key + 1, read_time("2000-03-01").key);
  EXPECT_EQ(read_time("0001-01-01").key, -719162);
}

TEST(Words, SayWhatAColumnIs) {
  EXPECT_EQ(words_of("count(*)", Measure::count), "number of rows");
  EXPECT_EQ(words_of("COUNT( * )", Measure::count), "number of rows");
  EXPECT_EQ(words_of("count(T1.*)", Measure::count), "number of rows");
  EXPECT_EQ(words_of("count(DISTINCT T1.city)", Measure::count), "number of different cities");
  EXPECT_EQ(words_of("count(order_id)", Measure::count), "number of orders");
  EXPECT_EQ(words_of("SUM(price)", Measure::sum), "total price");
  EXPECT_EQ(words_of("sum(total)", Measure::sum), "total");
  EXPECT_EQ(words_of("sum(price * quantity)", Measure::sum), "total price * quantity");
  EXPECT_EQ(words_of("ROUND(AVG(T1.unitPrice), 2)", Measure::average), "average unit price");
  EXPECT_EQ(words_of("max(age)", Measure::extremum), "highest age");
  EXPECT_EQ(words_of("MIN(\"Home Town\")", Measure::extremum), "lowest home town");
  EXPECT_EQ(words_of("T1.HomeTown", Measure::none), "home town");
  EXPECT_EQ(words_of("strftime('%Y-%m', day)", Measure::none), "month");
  EXPECT_EQ(words_of("EXTRACT(year FROM day)", Measure::none), "year");
  EXPECT_EQ(words_of("count", Measure::count), "number of rows");
  EXPECT_EQ(words_of("", Measure::none), "column");
  EXPECT_EQ(words_of("((", Measure::none), "((");
  EXPECT_EQ(words_of("sum(a) / count(b)", Measure::unknown), "sum(a) / count(b)");
}

TEST(Words, TellIdentifiersFromQuantities) {
  for (const auto* words : {"id", "customer id", "customerid", "zip code", "phone number",
                            "room number", "flight no", "postal code", "rank", "isbn"}) {
    EXPECT_TRUE(names_an_identifier(words)) << words;
  }
  for (const auto* words : {"price", "paid", "number", "number of rooms", "grid", "highest bid",
                            "width", "age", "humid", "population"}) {
    EXPECT_FALSE(names_an_identifier(words)) << words;
  }
  EXPECT_TRUE(names_a_year("birth year"));
  EXPECT_FALSE(names_a_year("years"));
}

TEST(Bounded, CutsBetweenCharacters) {
  EXPECT_EQ(bounded("Zürich", 8), "Zürich");
  EXPECT_EQ(bounded("Zürichsee", 8), "Züri…");
  EXPECT_EQ(bounded("日本語の名", 8), "日…");
  EXPECT_EQ(bounded("a\tb", 8), "a b");
}

TEST(ThinLines, KeepsEndsAndExtremes) {
  std::vector<std::optional<double>> values(10'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::sin(static_cast<double>(i) / 50);
  values[1'234] = 100;
  values[7'777] = -100;
  const auto kept = thin_lines({values}, 100);
  EXPECT_EQ(kept.size(), 100U);
  EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()));
  for (const std::size_t i : {0, 1'234, 7'777, 9'999}) EXPECT_THAT(kept, Contains(i));
}

TEST(ThinLines, SurvivesGapsAndHugeValues) {
  std::vector<std::optional<double>> gaps(1'000);
  std::vector<std::optional<double>> huge(1'000);
  for (std::size_t i = 0; i < huge.size(); i += 2) huge[i] = i % 4 == 0 ? 1e308 : -1e308;
  EXPECT_EQ(thin_lines({gaps, huge}, 50).size(), 50U);
  EXPECT_EQ(thin_lines({gaps}, 2).size(), 2U);
  EXPECT_THAT(thin_lines({{1.0, 2.0, 3.0}}, 3), ElementsAre(0, 1, 2));
}

TEST(ThinPoints, KeepsExtremesOfBothDirections) {
  std::vector<std::pair<double, double>> points;
  for (int i = 0; i < 5'000; ++i) points.emplace_back(i % 70, i % 90);
  points[77] = {-1, 5};
  points[78] = {5, -1};
  points[79] = {1'000, 5};
  points[81] = {5, 1'000};
  const auto kept = thin_points(points, 100);
  EXPECT_LE(kept.size(), 100U);
  EXPECT_GE(kept.size(), 95U);
  for (const std::size_t i : {77, 78, 79, 81}) EXPECT_THAT(kept, Contains(i));
}

TEST(Bins, HaveRoundBorders) {
  const Bins bins = make_bins({1, 2, 2, 3, 9.5, 4, 5, 6}, false, 30);
  EXPECT_THAT(bins.labels, ElementsAre("0 – 5", "5 – 10"));
  EXPECT_THAT(bins.counts, ElementsAre(5, 3));
  EXPECT_THAT(make_bins({1, 2, 2, 3, 1, 1, 2, 3}, true, 30).labels, ElementsAre("1", "2", "3"));
}

TEST(Bins, WidenUntilEveryValueLiesWithinItsOwn) {
  // Steps of 20 from 0 on would be enough for the spread, but need a fourth bin for 61.
  const Bins bins = make_bins({19, 25, 61, 33, 45}, true, 3);
  EXPECT_THAT(bins.labels, ElementsAre("0 – 49", "50 – 99"));
  EXPECT_THAT(bins.counts, ElementsAre(4, 1));
}

TEST(ColumnTypes, AreReadFromValues) {
  const auto type_of = [](std::vector<Value> values) {
    ResultTable table{{"c"}, {}, false};
    for (auto& value : values) table.rows.push_back({std::move(value)});
    return column_types(table).front();
  };
  using namespace std::string_literals;
  EXPECT_EQ(type_of({std::int64_t{1}, 2.5, Null{}}), ColumnType::number);
  EXPECT_EQ(type_of({"a"s, Null{}}), ColumnType::text);
  EXPECT_EQ(type_of({"2023-05-17"s, "2023-05-17 10:00:00"s}), ColumnType::time);
  EXPECT_EQ(type_of({"2023-05"s}), ColumnType::time);
  EXPECT_EQ(type_of({"2023-05-17"s, "soon"s}), ColumnType::text);
  EXPECT_EQ(type_of({std::int64_t{1}, "one"s}), ColumnType::other);
  EXPECT_EQ(type_of({Blob{"x"}}), ColumnType::other);
  EXPECT_EQ(type_of({Null{}}), ColumnType::other);
  EXPECT_EQ(type_of({}), ColumnType::other);
}

TEST(KindNames, GoBothWays) {
  for (int k = 0; k < 13; ++k) {
    const auto kind = static_cast<Kind>(k);
    EXPECT_FALSE(kind_name(kind).empty());
    EXPECT_EQ(kind_from_name(kind_name(kind)), kind);
  }
  EXPECT_FALSE(kind_from_name("donut"));
  EXPECT_EQ(scale_name(Scale::linear), "linear");
}

TEST(ChooseChart, StaysWithinItsLimitsOnLargeResults) {
  ResultTable table{{"day", "shop", "count(*)", "temperature", "id"}, {}, false};
  for (int i = 0; i < 100'000; ++i) {
    table.rows.push_back({"20" + std::to_string(10 + i % 15) + "-0" + std::to_string(1 + i % 9) +
                              "-1" + std::to_string(i % 10),
                          "shop " + std::to_string(i), std::int64_t{i % 100}, i * 0.25,
                          std::int64_t{i}});
  }
  const Chart chart = choose_chart(table, {});
  for (const Kind kind : chart.available) {
    const auto other = make_chart(table, {}, Choice{kind, {}, {}, {}});
    ASSERT_TRUE(other) << kind_name(kind);
    EXPECT_LE(other->labels.size(), 1'000U);
  }
}

}  // namespace
}  // namespace idi::chart
