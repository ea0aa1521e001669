#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "day_math.hpp"
#include "idi/temporal/phrases.hpp"
#include "split_words.hpp"

namespace idi::temporal {
namespace {

/// Words that times are made of, and some that they are not.
constexpr auto vocabulary = std::to_array<std::string_view>(
    {"last",       "this",      "next",   "past",     "previous",  "the",     "of",
     "in",         "since",     "before", "after",    "and",       "to",      "between",
     "first",      "second",    "third",  "half",     "Q3",        "H1",      "2023",
     "2024",       "90s",       "1990s",  "early",    "late",      "mid",     "week",
     "weeks",      "month",     "months", "quarter",  "year",      "years",   "days",
     "decade",     "March",     "may",    "May",      "February",  "29",      "31st",
     "30",         "3",         "two",    "a",        "couple",    "dozen",   "ago",
     "from",       "now",       "fiscal", "FY24",     "fy",        "Monday",  "weekend",
     "fall",       "summer",    "winter", "Easter",   "Eve",       "New",     "Year",
     "date",       "so",        "far",    "end",      "beginning", "day",     "same",
     "century",    "19th",      "9999",   "2200",     "1500",      "century", "3/4/2023",
     "orders",     "customers", "week",   "53",       "yesterday", "today",   "2023-05-17",
     "17.05.2023", "Christmas", "full",   "calendar", "whole"});

rc::Gen<std::vector<std::string>> questions() {
  return rc::gen::container<std::vector<std::string>>(
      rc::gen::map(rc::gen::inRange<std::size_t>(0, vocabulary.size()),
                   [](std::size_t i) { return std::string(vocabulary[i]); }));
}

Calendar any_calendar() {
  CalendarSettings settings;
  settings.time_zone = "UTC";
  settings.fiscal_year_begins = *rc::gen::inRange(1U, 13U);
  settings.week_begins_on_monday = *rc::gen::arbitrary<bool>();
  settings.day_before_month = *rc::gen::arbitrary<bool>();
  const Day day = add_days(make_day(1970, 1, 1), *rc::gen::inRange(0, 30'000));
  return *Calendar::fixed(text_of(one_day(day)), settings);
}

void check(const testing::Sentence& sentence, const Calendar& calendar) {
  const auto words = sentence.words();
  std::size_t last = 0;
  for (const Phrase& phrase : find_phrases(words, calendar)) {
    RC_ASSERT(last <= phrase.begin);
    RC_ASSERT(phrase.begin < phrase.end);
    RC_ASSERT(phrase.end <= words.size());
    last = phrase.end;
    const auto span = day_span(phrase.text);
    RC_ASSERT(span.has_value());
    RC_ASSERT(span->begin < span->end);
    RC_ASSERT(text_of(*span) == phrase.text);
    RC_ASSERT(!in_words(phrase.text).empty());
  }
}

RC_GTEST_PROP(Phrases, AreInOrderApartAndReadable, ()) {
  std::string text;
  for (const std::string& word : *questions()) text += word + " ";
  check(testing::Sentence(text), any_calendar());
}

RC_GTEST_PROP(Phrases, AreFoundInAnyBytes, (const std::string& text)) {
  check(testing::Sentence(text), any_calendar());
}

RC_GTEST_PROP(Phrases, DependOnNothingButTheirArguments, ()) {
  std::string text;
  for (const std::string& word : *questions()) text += word + " ";
  const testing::Sentence sentence(text);
  const auto words = sentence.words();
  const Calendar calendar = any_calendar();
  const auto once = find_phrases(words, calendar);
  const auto again = find_phrases(words, calendar);
  RC_ASSERT(once.size() == again.size());
  for (std::size_t i = 0; i < once.size(); ++i) RC_ASSERT(once[i].text == again[i].text);
}

/// "last N days" is N days long and ends with today; "N days ago" is the day before the N-1.
RC_GTEST_PROP(Phrases, CountedDaysAreSoMany, ()) {
  const Calendar calendar = any_calendar();
  const int count = *rc::gen::inRange(2, 2000);
  const testing::Sentence last("last " + std::to_string(count) + " days");
  const auto found = find_phrases(last.words(), calendar);
  RC_ASSERT(found.size() == 1U);
  const auto span = day_span(found.front().text);
  RC_ASSERT(days_between(span->begin, span->end) == count);
  RC_ASSERT(add_days(span->end, -1) == calendar.today());
  const testing::Sentence ago(std::to_string(count - 1) + " days ago");
  RC_ASSERT(find_phrases(ago.words(), calendar).front().text == text_of(one_day(span->begin)));
}

/// What is over has ended by today, what is to come has not begun.
RC_GTEST_PROP(Phrases, TurnsAreOnTheirSideOfToday, ()) {
  const Calendar calendar = any_calendar();
  const std::string name = *rc::gen::element<std::string>(
      "week", "month", "quarter", "year", "decade", "March", "summer", "winter", "Monday",
      "Christmas", "fiscal year", "fiscal quarter");
  const auto span_of = [&](const std::string& turn) {
    const testing::Sentence sentence(turn + " " + name);
    const auto found = find_phrases(sentence.words(), calendar);
    RC_ASSERT(found.size() == 1U);
    RC_ASSERT(found.front().relative);
    return *day_span(found.front().text);
  };
  const DaySpan last = span_of("last");
  const DaySpan next = span_of("next");
  RC_ASSERT(last.end <= calendar.today());
  RC_ASSERT(next.begin > calendar.today());
  RC_ASSERT(last.begin < next.begin);
}

RC_GTEST_PROP(DayMath, UnitsFollowEachOther, ()) {
  const auto unit = static_cast<Unit>(*rc::gen::inRange(0, 7));
  const Day day = add_days(make_day(1970, 1, 1), *rc::gen::inRange(0, 60'000));
  const bool monday = *rc::gen::arbitrary<bool>();
  const DaySpan now = unit_span(unit, day, 0, monday);
  RC_ASSERT(now.begin <= day);
  RC_ASSERT(day < now.end);
  RC_ASSERT(unit_span(unit, day, 1, monday).begin == now.end);
  RC_ASSERT(unit_span(unit, day, -1, monday).end == now.begin);
}

}  // namespace
}  // namespace idi::temporal
