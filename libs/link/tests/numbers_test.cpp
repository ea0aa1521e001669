#include "numbers.hpp"

#include <gtest/gtest.h>

#include "idi/link/linker.hpp"

namespace idi::link {
namespace {

std::string number(std::string_view text) {
  const auto tokens = tokenize(text);
  const auto found = number_at(tokens, 0);
  if (!found) return "-";
  return found->text + (found->token_end == tokens.size() ? "" : "…") +
         (found->ordinal ? " ordinal" : "");
}

TEST(Numbers, InDigits) {
  EXPECT_EQ(number("56"), "56");
  EXPECT_EQ(number("1,000"), "1000");
  EXPECT_EQ(number("-3.5"), "-3.5");
  EXPECT_EQ(number("5 million"), "5000000");
  EXPECT_EQ(number("1.5 million"), "1500000");
  EXPECT_EQ(number("20k"), "20000");
  EXPECT_EQ(number("180cm"), "180");
  EXPECT_EQ(number("3rd"), "3 ordinal");
  EXPECT_EQ(number("747B"), "-");
  EXPECT_EQ(number("99999999999999999999"), "99999999999999999999");
  EXPECT_EQ(number("99999999999999999999 million"), "99999999999999999999…");
}

TEST(Numbers, InWords) {
  EXPECT_EQ(number("five"), "5");
  EXPECT_EQ(number("twenty five"), "25");
  EXPECT_EQ(number("twenty-five"), "25");
  EXPECT_EQ(number("two hundred"), "200");
  EXPECT_EQ(number("three million"), "3000000");
  EXPECT_EQ(number("two thousand five"), "2005");
  EXPECT_EQ(number("third"), "3 ordinal");
  EXPECT_EQ(number("a dozen"), "-");
  EXPECT_EQ(number("five six"), "5…");
  EXPECT_EQ(number("banana"), "-");
}

}  // namespace
}  // namespace idi::link
