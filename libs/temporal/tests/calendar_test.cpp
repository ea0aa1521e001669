#include "idi/temporal/calendar.hpp"

#include <gtest/gtest.h>

namespace idi::temporal {
namespace {

using std::chrono::sys_seconds;

Day day(int year, unsigned month, unsigned number) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(number)};
}

Calendar in_zone(std::string zone, Clock clock = nullptr) {
  CalendarSettings settings;
  settings.time_zone = std::move(zone);
  auto calendar = Calendar::make(settings, std::move(clock));
  EXPECT_TRUE(calendar);
  return *calendar;
}

sys_seconds at(std::int64_t seconds) { return sys_seconds(std::chrono::seconds(seconds)); }

TEST(Calendar, TheDayDependsOnTheZone) {
  const Clock clock = [] { return std::chrono::system_clock::time_point(at(1'684'364'400)); };
  // 2023-05-17 23:00 UTC
  EXPECT_EQ(in_zone("UTC", clock).today(), day(2023, 5, 17));
  EXPECT_EQ(in_zone("Europe/Berlin", clock).today(), day(2023, 5, 18));
  EXPECT_EQ(in_zone("America/New_York", clock).today(), day(2023, 5, 17));
  EXPECT_EQ(in_zone("Pacific/Kiritimati", clock).today(), day(2023, 5, 18));
}

TEST(Calendar, MidnightDependsOnTheZoneAndTheSeason) {
  EXPECT_EQ(in_zone("UTC").begin_of(day(2023, 5, 17)), at(1'684'281'600));
  EXPECT_EQ(in_zone("Europe/Berlin").begin_of(day(2023, 5, 17)), at(1'684'274'400));
  EXPECT_EQ(in_zone("Europe/Berlin").begin_of(day(2023, 1, 17)), at(1'673'910'000));
}

TEST(Calendar, ADayWithoutMidnightBeginsWithTheLeapOfTheClock) {
  // Beirut put its clocks from 0:00 to 1:00 on 27 March 2022.
  EXPECT_EQ(in_zone("Asia/Beirut").begin_of(day(2022, 3, 27)), at(1'648'332'000));
}

TEST(Calendar, AFixedDayIsTheSameInEveryZone) {
  for (const char* zone : {"UTC", "Pacific/Auckland", "Pacific/Pago_Pago", "Asia/Kolkata"}) {
    CalendarSettings settings;
    settings.time_zone = zone;
    EXPECT_EQ(Calendar::fixed("2024-02-29", settings)->today(), day(2024, 2, 29)) << zone;
  }
  EXPECT_EQ(Calendar::fixed("2023-12-31")->today(), day(2023, 12, 31));
}

TEST(Calendar, TheSystemsOneHasADay) {
  const Calendar calendar;
  EXPECT_TRUE(calendar.today().ok());
  EXPECT_EQ(calendar.settings().fiscal_year_begins, 1U);
}

TEST(Calendar, SaysWhatIsWrong) {
  CalendarSettings settings;
  settings.time_zone = "Mars/Olympus";
  auto calendar = Calendar::make(settings);
  ASSERT_FALSE(calendar);
  EXPECT_EQ(calendar.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(calendar.error().message, "the time zone \"Mars/Olympus\" is not known here");
  for (const unsigned month : {0U, 13U}) {
    CalendarSettings wrong;
    wrong.fiscal_year_begins = month;
    EXPECT_FALSE(Calendar::make(wrong)) << month;
  }
  for (const char* text : {"", "yesterday", "2023", "2023-05", "2023-02-29", "2023-13-01",
                           "2023-5-1", "2023-01-01/2023-02-01"}) {
    const auto fixed = Calendar::fixed(text);
    ASSERT_FALSE(fixed) << text;
    EXPECT_EQ(fixed.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace idi::temporal
