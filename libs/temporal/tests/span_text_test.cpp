#include <gtest/gtest.h>

#include "day_math.hpp"
#include "idi/temporal/phrases.hpp"

namespace idi::temporal {
namespace {

TEST(SpanText, IsReadBack) {
  for (const char* text : {"2023", "2023-05", "2023-05-17", "2024-02-29", "2023-07-01/2023-10-01",
                           "1990-01-01/2000-01-01", "0900"}) {
    const auto span = day_span(text);
    ASSERT_TRUE(span) << text;
    EXPECT_EQ(text_of(*span), text);
  }
}

TEST(SpanText, IsHalfOpen) {
  const auto year = day_span("2023");
  EXPECT_EQ(year->begin, make_day(2023, 1, 1));
  EXPECT_EQ(year->end, make_day(2024, 1, 1));
  EXPECT_EQ(day_span("2024-02")->end, make_day(2024, 3, 1));
  EXPECT_EQ(day_span("2023-12-31")->end, make_day(2024, 1, 1));
}

TEST(SpanText, IsShortestWhereItCanBe) {
  EXPECT_EQ(text_of({make_day(2023, 1, 1), make_day(2024, 1, 1)}), "2023");
  EXPECT_EQ(text_of({make_day(2023, 2, 1), make_day(2023, 3, 1)}), "2023-02");
  EXPECT_EQ(text_of({make_day(2023, 4, 1), make_day(2024, 4, 1)}), "2023-04-01/2024-04-01");
}

TEST(SpanText, NothingElseIsOne) {
  for (const char* text :
       {"", "23", "0000", "2023-", "2023-00", "2023-13", "2023-5", "2023-02-29", "20230517",
        "2023-05-17x", "2023-05-17/", "2023-05-17/2023-05-17", "2023-05-17/2023-05-01",
        "2023-05-17 2023-05-18", "2023/2024", "../2023-05-17", "２０２３"}) {
    const auto span = day_span(text);
    ASSERT_FALSE(span) << text;
    EXPECT_EQ(span.error().code, ErrorCode::invalid_argument);
  }
}

TEST(SpanText, IsSaidInWords) {
  EXPECT_EQ(in_words("2023"), "2023");
  EXPECT_EQ(in_words("2023-05"), "May 2023");
  EXPECT_EQ(in_words("2023-05-17"), "17 May 2023");
  EXPECT_EQ(in_words("2023-07-01/2023-10-01"), "July to September 2023");
  EXPECT_EQ(in_words("2022-11-01/2023-03-01"), "November 2022 to February 2023");
  EXPECT_EQ(in_words("1990-01-01/2000-01-01"), "1990 to 1999");
  EXPECT_EQ(in_words("2023-05-01/2023-05-18"), "1 to 17 May 2023");
  EXPECT_EQ(in_words("2023-04-18/2023-05-18"), "18 April to 17 May 2023");
  EXPECT_EQ(in_words("2022-12-26/2023-01-02"), "26 December 2022 to 1 January 2023");
  EXPECT_EQ(in_words("soon"), "soon");
}

}  // namespace
}  // namespace idi::temporal
