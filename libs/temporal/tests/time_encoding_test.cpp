#include "idi/temporal/time_encoding.hpp"

#include <gtest/gtest.h>

#include "day_math.hpp"

namespace idi::temporal {
namespace {

Column column(std::string name, std::string declared, std::vector<std::string> samples) {
  Column result;
  result.natural_name = natural_name_of(name);
  result.name = std::move(name);
  result.type = column_type_of(declared);
  result.declared_type = std::move(declared);
  result.sample_values = std::move(samples);
  return result;
}

using Samples = std::vector<std::string>;

TEST(TimeEncoding, TextsSpeakForThemselves) {
  EXPECT_EQ(encoding_of(column("x", "TEXT", {"2023-05-17", "2023-05-17 10:00:00"})),
            TimeEncoding::native);
  EXPECT_EQ(encoding_of(column("x", "TEXT", {"17.05.2023", "01.02.2023"})),
            TimeEncoding::day_first);
  EXPECT_EQ(encoding_of(column("x", "TEXT", {"17/05/2023", "01/02/2023"})),
            TimeEncoding::day_first);
  EXPECT_EQ(encoding_of(column("x", "TEXT", {"17-05-2023"})), TimeEncoding::day_first);
  EXPECT_EQ(encoding_of(column("x", "TEXT", {"05/17/2023", "01/02/2023"})),
            TimeEncoding::month_first);
}

TEST(TimeEncoding, AmbiguousOrBrokenTextsAreNone) {
  for (const Samples& samples :
       {Samples{"03/04/2023", "05/06/2023"},  // either way
        Samples{"17/05/2023", "05/17/2023"},  // neither way
        Samples{"17.05.2023", "soon"}, Samples{"7.5.2023"}, Samples{"31.02.2023"},
        Samples{"1.10.2023"}, Samples{"17.05.23"}, Samples{"2023-13-01"}, Samples{"2023-02-30"},
        Samples{"2023"}, Samples{"10:30"}, Samples{""}, Samples{}}) {
    EXPECT_EQ(encoding_of(column("birthday", "TEXT", samples)), std::nullopt)
        << (samples.empty() ? "no samples" : samples.front());
  }
}

TEST(TimeEncoding, NumbersNeedANameToo) {
  const Samples seconds{"1684274400", "1700000000"};
  for (const char* name : {"created_at", "timestamp", "order_date", "OrderDate", "expires",
                           "birthday", "logged_on", "start_time", "starttime", "epoch"}) {
    EXPECT_EQ(encoding_of(column(name, "INTEGER", seconds)), TimeEncoding::epoch_seconds) << name;
  }
  for (const char* name : {"id", "phone", "order_id", "date_id", "duration", "total_time", "price",
                           "at", "population", "update", "elapsed_time", "amount"}) {
    EXPECT_EQ(encoding_of(column(name, "INTEGER", seconds)), std::nullopt) << name;
  }
}

TEST(TimeEncoding, NumbersAreToldApart) {
  const auto encoding = [](const Samples& samples) {
    return encoding_of(column("created_at", "NUMERIC", samples));
  };
  EXPECT_EQ(encoding({"1684274400", "1684274400.5"}), TimeEncoding::epoch_seconds);
  EXPECT_EQ(encoding({"1684274400000", "1000000000000"}), TimeEncoding::epoch_millis);
  EXPECT_EQ(encoding({"2460081.5", "2451545"}), TimeEncoding::julian_day);
  EXPECT_EQ(encoding({"20230517", "19991231"}), TimeEncoding::compact_day);
  for (const Samples& samples :
       {Samples{"1684274400", "12"}, Samples{"20230517", "20231301"}, Samples{"2023", "2024"},
        Samples{"1684274400", "1684274400000"}, Samples{"0"}, Samples{"-5"}, Samples{"12.5"},
        Samples{"45063"}, Samples{"nan"}, Samples{"1684274400", "never"}}) {
    EXPECT_EQ(encoding(samples), std::nullopt) << samples.back();
  }
}

TEST(TimeEncoding, ADeclaredTimeIsOneWhateverItHolds) {
  EXPECT_EQ(encoding_of(column("x", "DATE", {})), TimeEncoding::native);
  EXPECT_EQ(encoding_of(column("x", "DATE", {"20230517"})), TimeEncoding::compact_day);
  EXPECT_EQ(encoding_of(column("x", "TIMESTAMP", {"1684274400"})), TimeEncoding::epoch_seconds);
  EXPECT_EQ(encoding_of(column("x", "DATE", {"some day"})), TimeEncoding::native);
}

TEST(TimeEncoding, IsPutIntoTheSchema) {
  Schema schema;
  Table table;
  table.name = "t";
  table.columns = {column("created_at", "INTEGER", {"1684274400"}), column("id", "INTEGER", {"1"}),
                   column("day", "TEXT", {"17.05.2023"})};
  schema.tables.push_back(std::move(table));
  recognise_times(schema);
  const auto& columns = schema.tables.front().columns;
  EXPECT_EQ(columns[0].type, ColumnType::time);
  EXPECT_EQ(columns[0].time_encoding, TimeEncoding::epoch_seconds);
  EXPECT_EQ(columns[1].type, ColumnType::number);
  EXPECT_EQ(columns[2].time_encoding, TimeEncoding::day_first);
}

TEST(TimeEncoding, DaysAreWrittenAsStored) {
  CalendarSettings settings;
  settings.time_zone = "America/New_York";
  const auto calendar = Calendar::fixed("2023-05-17", settings);
  const Day day = make_day(2023, 5, 17);
  EXPECT_EQ(stored(day, TimeEncoding::native, *calendar), "2023-05-17");
  EXPECT_EQ(stored(day, TimeEncoding::day_first, *calendar), "2023-05-17");
  EXPECT_EQ(stored(day, TimeEncoding::month_first, *calendar), "2023-05-17");
  EXPECT_EQ(stored(day, TimeEncoding::compact_day, *calendar), "20230517");
  EXPECT_EQ(stored(day, TimeEncoding::julian_day, *calendar), "2460081.5");
  EXPECT_EQ(stored(day, TimeEncoding::epoch_seconds, *calendar), "1684296000");
  EXPECT_EQ(stored(day, TimeEncoding::epoch_millis, *calendar), "1684296000000");
}

}  // namespace
}  // namespace idi::temporal
