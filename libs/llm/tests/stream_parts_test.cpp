// The parts that streams go through: any split of the bytes gives the same.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "idi/core/text.hpp"
#include "sse.hpp"
#include "utf8_joiner.hpp"

namespace idi::llm {
namespace {

using Events = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> split_at(const std::string& whole, std::vector<std::size_t> places) {
  for (auto& place : places) place = whole.empty() ? 0 : place % (whole.size() + 1);
  std::sort(places.begin(), places.end());
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (const std::size_t place : places) {
    parts.push_back(whole.substr(begin, place - begin));
    begin = place;
  }
  parts.push_back(whole.substr(begin));
  return parts;
}

Events events_of(const std::vector<std::string>& parts) {
  Events events;
  SseParser parser([&events](const SseEvent& event) -> Status {
    events.emplace_back(event.name, event.data);
    return {};
  });
  for (const auto& part : parts) EXPECT_TRUE(parser.feed(part));
  return events;
}

TEST(SseParser, ReadsEventsInAllTheirSpellings) {
  EXPECT_EQ(events_of({"data: a\n\n"}), (Events{{"", "a"}}));
  EXPECT_EQ(events_of({"data:a\r\n\r\ndata: b\r\rdata:  c\n\n"}),
            (Events{{"", "a"}, {"", "b"}, {"", " c"}}));
  EXPECT_EQ(events_of({"event: x\nid: 7\nretry: 9\ndata: a\ndata: b\n\n"}),
            (Events{{"x", "a\nb"}}));
  EXPECT_EQ(events_of({"\xEF\xBB\xBF"
                       "data: a\n\n"}),
            (Events{{"", "a"}}));
  EXPECT_EQ(events_of({"data\n\n"}), (Events{{"", ""}}));
}

TEST(SseParser, PassesOverCommentsNamesAloneAndTheUnfinished) {
  EXPECT_EQ(events_of({": ping\n\n:\n\nevent: x\n\nunknown: y\n\ndata: cut off"}), Events{});
  EXPECT_EQ(events_of({"event: x\n\ndata: a\n\n"}), (Events{{"", "a"}}));
}

TEST(SseParser, TakesAnErrorAsAnEvent) {
  EXPECT_EQ(events_of({"error: {}\n\n"}), (Events{{"error", "{}"}}));
}

TEST(SseParser, RefusesALineWithoutEnd) {
  SseParser parser([](const SseEvent&) -> Status { return {}; });
  Status status;
  for (int i = 0; i < 100 && status; ++i) status = parser.feed(std::string(100'000, 'x'));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::limit_exceeded);
  SseParser lines([](const SseEvent&) -> Status { return {}; });
  status = {};
  for (int i = 0; i < 10'000'000 && status; ++i) status = lines.feed("data: xxxxxxxxxxxxxxxxxxx\n");
  ASSERT_FALSE(status);
}

TEST(SseParser, EndsWithTheErrorOfItsSink) {
  SseParser parser([](const SseEvent&) -> Status { return make_error(ErrorCode::conflict, "no"); });
  EXPECT_EQ(parser.feed("data: a\n\n").error().message, "no");
}

rc::Gen<std::string> stream_text() {
  const auto bits = rc::gen::element<std::string>(
      "data: ", "data:", "event: e", "\n", "\n\n", "\r", "\r\n", "x", ": c", "\xEF\xBB\xBF",
      "error: ", std::string("\0", 1), "\xC3\xA4", "\xFF");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(bits),
                      [](const std::vector<std::string>& list) { return text::join(list, ""); });
}

RC_GTEST_PROP(SseParser, AnySplitGivesTheSameEvents, ()) {
  const std::string whole = *stream_text();
  const auto places = *rc::gen::arbitrary<std::vector<std::size_t>>();
  RC_ASSERT(events_of(split_at(whole, places)) == events_of({whole}));
}

std::string joined(const std::vector<std::string>& parts) {
  Utf8Joiner joiner;
  std::string text;
  for (const auto& part : parts) {
    const std::string piece = joiner.feed(part);
    EXPECT_TRUE(text::is_valid_utf8(piece));
    text += piece;
  }
  return text + joiner.finish();
}

TEST(Utf8Joiner, CompletesCharactersAndReplacesWhatIsNone) {
  Utf8Joiner joiner;
  EXPECT_EQ(joiner.feed("a\xE5\x8D"), "a");
  EXPECT_EQ(joiner.feed("\xA2"), "卢");
  EXPECT_EQ(joiner.feed("\xFF"), "\uFFFD");
  EXPECT_EQ(joiner.feed("\xF0\x9F"), "");
  EXPECT_EQ(joiner.feed("x"), "\uFFFD\uFFFDx");
  EXPECT_EQ(joiner.feed("\xF0\x9F\x98"), "");
  EXPECT_EQ(joiner.finish(), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(joiner.finish(), "");
}

RC_GTEST_PROP(Utf8Joiner, AnySplitGivesTheSameText, ()) {
  const auto bits = rc::gen::element<std::string>("a", "ä", "卢", "😀", "\xFF", "\xC3", "\xE5",
                                                  "\xF0", "\x80", "\x9F", "\xED\xA0", "\xE0\x80");
  const auto list = *rc::gen::container<std::vector<std::string>>(bits);
  const std::string whole = text::join(list, "");
  const auto places = *rc::gen::arbitrary<std::vector<std::size_t>>();
  RC_ASSERT(joined(split_at(whole, places)) == text::to_valid_utf8(whole));
}

}  // namespace
}  // namespace idi::llm
