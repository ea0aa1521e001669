// Questions composed of parts: what they ask is what their SQL says.
#include "../src/compositions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "idi/sql/ir_tokens.hpp"
#include "idi/sql/translate.hpp"
#include "idi/synth/synth.hpp"
#include "schemas.hpp"

namespace idi::synth {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<Pair> composed(const Schema& schema, std::int64_t count, std::uint64_t seed = 3) {
  SynthOptions options;
  options.composed_share = 1;
  options.synonym_share = 0;
  options.count = count;
  options.seed = seed;
  options.calendar = *temporal::Calendar::fixed("2024-06-15");
  std::vector<Pair> made;
  const TemplateBank none = TemplateBank::learn({}, {});
  generate(none, {{schema.name, schema}}, options,
           [&](const Pair& pair) { return made.push_back(pair), true; });
  return made;
}

/// Of many pairs, those whose question has these words.
std::vector<Pair> asking(std::string_view words) {
  static const std::vector<Pair> all = composed(trade(), 15'000);
  std::vector<Pair> found;
  for (const Pair& pair : all) {
    if (pair.question.find(words) != std::string::npos) found.push_back(pair);
  }
  EXPECT_FALSE(found.empty()) << words;
  return found;
}

TEST(Compositions, EveryFamilyIsReachableAndItsSqlReadsBack) {
  std::map<std::string, int> families;
  const Schema schema = trade();
  for (const Pair& pair : composed(schema, 6000)) {
    ++families[pair.family];
    EXPECT_THAT(pair.question, Not(testing::ContainsRegex("[][{}|]"))) << pair.family;
    const auto again = sql::to_ir(pair.sql, schema);
    ASSERT_TRUE(again) << pair.question << "\n" << pair.sql << "\n" << again.error().message;
    const auto twice = sql::to_sql(*again, schema, Dialect::sqlite);
    ASSERT_TRUE(twice) << pair.sql;
    // A canonical tree may take a key from the other side of its join; from there on it is the
    // same.
    const auto thrice = sql::to_ir(*twice, schema);
    ASSERT_TRUE(thrice) << *twice;
    EXPECT_EQ(*twice, sql::to_sql(*thrice, schema, Dialect::sqlite).value_or(""));
  }
  std::set<std::string> known;
  for (const auto part :
       {comparison_families(), ranking_families(), plain_families(), time_families()}) {
    for (const Family& family : part) known.emplace(family.name);
  }
  EXPECT_EQ(families.size(), known.size());
}

TEST(Compositions, AreTheSameForTheSameSeed) {
  const auto one = composed(trade(), 300);
  const auto again = composed(trade(), 300);
  const auto other = composed(trade(), 300, 4);
  ASSERT_EQ(one.size(), again.size());
  int different = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].question, again[i].question);
    EXPECT_EQ(one[i].sql, again[i].sql);
    different += one[i].question == other[i].question ? 0 : 1;
  }
  EXPECT_GT(different, 250);
}

TEST(Compositions, AskForWhatTheySay) {
  for (const Pair& pair : asking("ancellation rate")) {
    EXPECT_THAT(pair.sql, testing::ContainsRegex(
                              "100.0 \\* COUNT\\(CASE WHEN (orders.)?status = 'cancelled'"))
        << pair.question;
  }
  for (const Pair& pair : asking("Running total of ")) {
    EXPECT_THAT(pair.sql, HasSubstr("OVER (ORDER BY")) << pair.question;
  }
  for (const Pair& pair : asking("per quarter")) EXPECT_THAT(pair.sql, HasSubstr("-Q"));
  for (const Pair& pair : asking("last month")) {
    EXPECT_THAT(pair.sql, testing::ContainsRegex("2024-0[56]-01")) << pair.question;
  }
  for (const Pair& pair : asking("How many different buyers")) {
    EXPECT_THAT(pair.sql, HasSubstr("COUNT(DISTINCT ")) << pair.question;
  }
}

}  // namespace
}  // namespace idi::synth
