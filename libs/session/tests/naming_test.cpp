#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "idi/core/text.hpp"
#include "idi/session/session_store.hpp"
#include "naming.hpp"

namespace idi::session {
namespace {

using std::string_literals::operator""s;

TEST(OneLine, JoinsBlanksAndDropsControls) {
  EXPECT_EQ(one_line(""), "");
  EXPECT_EQ(one_line(" \r\n\t "), "");
  EXPECT_EQ(one_line(" a\r\n\tb  c "), "a b c");
  EXPECT_EQ(one_line("a\0b\x1b[0m\x7f"s), "a b [0m");
  EXPECT_EQ(one_line("a\u0085b\u00A0c\u2003d\u2028e\u3000f\uFEFF"), "a b c d e f");
  EXPECT_EQ(one_line("a\u202Eb\u2066c\u2069\u200Ed"), "a b c d");
  // What joins letters and pictures stays.
  EXPECT_EQ(one_line("\U0001F468\u200D\U0001F469 e\u0301 \u00A1"),
            "\U0001F468\u200D\U0001F469 e\u0301 \u00A1");
  EXPECT_EQ(one_line("\xff"), "\uFFFD");
}

TEST(NameFromQuestion, IsShortAndEndsAtAWord) {
  EXPECT_EQ(name_from_question("Which artists sold most?"), "Which artists sold most?");
  EXPECT_EQ(name_from_question(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(name_from_question(std::string(61, 'x')), std::string(59, 'x') + "\u2026");
  EXPECT_EQ(name_from_question("How many customers from the north of Germany bought an album, last "
                               "year and the year before?"),
            "How many customers from the north of Germany bought an\u2026");
  EXPECT_EQ(name_from_question("One two three four five six seven eight nine ten, eleven twelve"),
            "One two three four five six seven eight nine ten, eleven\u2026");
  EXPECT_EQ(name_from_question("One two three four five six seven eight nine ten twelve, thirteen"),
            "One two three four five six seven eight nine ten twelve\u2026");
  // A short first word is no reason to show nothing else.
  EXPECT_EQ(name_from_question("a " + std::string(100, 'x')),
            "a " + std::string(57, 'x') + "\u2026");
  EXPECT_EQ(name_from_question("\x01\n"), "");
}

TEST(NameFromQuestion, CutsBetweenCharacters) {
  std::string wide, marked;
  for (int i = 0; i < 50; ++i) wide += "\u6771";
  for (int i = 0; i < 100; ++i) marked += "e\u0301";
  EXPECT_EQ(text::display_width(name_from_question(wide)), 59);
  const std::string name = name_from_question(marked);
  EXPECT_EQ(text::display_width(name), 60);
  EXPECT_TRUE(name.ends_with("e\u0301\u2026"));
  // One letter under a thousand marks is cut before it, or in it, but not longer than a name.
  std::string pile = "a";
  for (int i = 0; i < 1'000; ++i) pile += "\u0301";
  EXPECT_LE(name_from_question(pile).size(), max_name_bytes);
}

TEST(NameFromQuestion, IsAValidNameForAnyText) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const std::string question = *rc::gen::element(
        bytes, bytes + "\u6771\u6771 \u0301\u202E" + bytes, std::string(80, 'x') + bytes);
    const std::string name = name_from_question(question);
    RC_ASSERT(text::is_valid_utf8(name));
    RC_ASSERT(name.size() <= max_name_bytes);
    RC_ASSERT(text::display_width(name) <= 60);
    RC_ASSERT(name == one_line(name));
    RC_ASSERT(name.empty() == one_line(question).empty());
  }));
}

}  // namespace
}  // namespace idi::session
