#include "idi/link/days_of_week.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace idi::link {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DaysOfWeek, AreKnownInEveryForm) {
  for (const char* word : {"Monday", "mondays", "MONDAY", "Mon", "mon.", " Monday "})
    EXPECT_THAT(days_of_week(word), ElementsAre("Monday")) << word;
  EXPECT_THAT(days_of_week("Thurs"), ElementsAre("Thursday"));
  EXPECT_THAT(days_of_week("sundays"), ElementsAre("Sunday"));
}

TEST(DaysOfWeek, CanBeSeveral) {
  EXPECT_THAT(days_of_week("weekends"), ElementsAre("Saturday", "Sunday"));
  EXPECT_THAT(days_of_week("Weekday"),
              ElementsAre("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"));
}

TEST(DaysOfWeek, OtherWordsAreNone) {
  for (const char* word : {"", ".", "s", "day", "week", "mons", "suns", "Mondayss", "Monday night"})
    EXPECT_THAT(days_of_week(word), IsEmpty()) << word;
}

}  // namespace
}  // namespace idi::link
