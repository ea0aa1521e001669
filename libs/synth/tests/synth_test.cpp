#include "idi/synth/synth.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <set>

#include "../src/patterns.hpp"
#include "../src/phrasing.hpp"
#include "../src/template.hpp"
#include "../src/word_roles.hpp"
#include "idi/core/text.hpp"
#include "idi/sql/translate.hpp"
#include "idi/sqlite/connection.hpp"
#include "idi/synth/invent.hpp"
#include "schemas.hpp"

namespace idi::synth {
namespace {

/// The first pair that the patterns make with these words in its question.
std::optional<Pair> asked(const std::string& words) {
  SynthOptions options;
  options.pattern_share = 1;
  options.synonym_share = 0;
  options.count = 60'000;
  std::optional<Pair> found;
  const TemplateBank none = TemplateBank::learn({}, {});
  generate(none, {{"trade", trade()}}, options, [&](const Pair& pair) {
    if (pair.question == words) found = pair;
    return !found;
  });
  return found;
}

/// The same question about many databases makes its words common.
std::pair<std::vector<Pair>, Schemas> training_pairs() {
  std::vector<Pair> pairs;
  Schemas schemas{{"shop", shop()}};
  for (int i = 0; i < 12; ++i) {
    const std::string database = "music" + std::to_string(i);
    schemas[database] = music();
    pairs.push_back({database, "How many singers have country France?",
                     "SELECT count(*) FROM singer WHERE country = 'France'"});
    pairs.push_back({database,
                     "Show the theme of concerts with unheard-of zither" + std::to_string(i),
                     "SELECT theme FROM concert"});
  }
  return {pairs, schemas};
}

TEST(TemplateBank, KeepsPairsWithoutWordsOfTheirDomain) {
  const auto [pairs, schemas] = training_pairs();
  const auto bank = TemplateBank::learn(pairs, schemas);
  EXPECT_EQ(bank.report().templates, 12);
  EXPECT_EQ(bank.report().dropped.at("words of its domain"), 12);
  const Template& form = bank.templates().front();
  EXPECT_EQ(form.tables.size(), 1u);
  ASSERT_EQ(form.columns.size(), 1u);
  EXPECT_TRUE(form.columns[0].named);
}

TEST(Generate, CarriesTemplatesToOtherSchemas) {
  const auto [pairs, schemas] = training_pairs();
  const auto bank = TemplateBank::learn(pairs, schemas);
  SynthOptions options;
  options.pattern_share = 0;
  options.count = 200;
  std::vector<Pair> made;
  generate(bank, schemas, options,
           [&made](const Pair& pair) { return made.push_back(pair), true; });
  EXPECT_THAT(made, testing::Contains(testing::AllOf(
                        testing::Field(&Pair::database, "shop"),
                        testing::Field(&Pair::question, "How many customers have city Bonn?"),
                        testing::Field(&Pair::sql, testing::HasSubstr("'Bonn'")))));
}

TEST(Generate, EveryPatternIsReachableAndReadable) {
  const std::array<Schema, 3> schemas{shop(), music(), trade()};
  Random random(7);
  const Rewording rewording(link::WordNet::none(), 0);
  for (const Pattern& pattern : patterns()) {
    std::optional<Scene> scene;
    for (int tries = 0; tries < 3000 && !scene; ++tries) {
      scene = draw_scene(schemas[static_cast<std::size_t>(tries % 3)], pattern.needs, random);
    }
    ASSERT_TRUE(scene) << pattern.wording;
    const std::string words = phrase(pattern, *scene, rewording, random);
    EXPECT_THAT(words, testing::Not(testing::ContainsRegex("[][{}|]"))) << pattern.wording;
  }
}

TEST(Generate, IsDeterministicAndDistinctAndItsSqlHasAnIr) {
  const auto [pairs, schemas] = training_pairs();
  const auto bank = TemplateBank::learn(pairs, schemas);
  SynthOptions options;
  options.count = 400;
  options.pattern_share = 0.8;
  const auto run = [&] {
    std::vector<Pair> made;
    generate(bank, schemas, options,
             [&made](const Pair& pair) { return made.push_back(pair), true; });
    return made;
  };
  const auto first = run();
  const auto second = run();
  ASSERT_EQ(first.size(), second.size());
  std::set<std::string> questions;
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].question, second[i].question);
    EXPECT_TRUE(questions.insert(first[i].database + first[i].question).second);
    const auto again = sql::to_ir(first[i].sql, schemas.at(first[i].database));
    EXPECT_TRUE(again) << first[i].sql << ": " << (again ? "" : again.error().message);
  }
}

TEST(Patterns, ChooseTheDateByItsVerb) {
  const auto shipped = asked("How many orders were shipped in 2023?");
  ASSERT_TRUE(shipped);
  EXPECT_THAT(shipped->sql, testing::HasSubstr("shipped_on"));
  const auto placed = asked("How many orders were placed in 2023?");
  ASSERT_TRUE(placed);
  EXPECT_THAT(placed->sql, testing::HasSubstr("ordered_on"));
}

TEST(Patterns, TakeTheMainDateAndAmountWhereNoneIsNamed) {
  const auto monthly = asked("Orders per month in 2023");
  ASSERT_TRUE(monthly);
  EXPECT_THAT(monthly->sql, testing::AllOf(testing::HasSubstr("ordered_on"),
                                           testing::Not(testing::HasSubstr("shipped_on"))));
  const auto average = asked("Average order value");
  ASSERT_TRUE(average);
  EXPECT_EQ(average->sql, "SELECT AVG(total) FROM orders");
}

TEST(Patterns, FollowLinesForMoneyAndReturns) {
  const auto revenue = asked("Revenue by kind");
  ASSERT_TRUE(revenue);
  EXPECT_THAT(revenue->sql,
              testing::HasSubstr("SUM(order_items.quantity * order_items.unit_price"));
  const auto returned = asked("Which articles were never returned?");
  ASSERT_TRUE(returned);
  EXPECT_THAT(returned->sql,
              testing::AllOf(testing::HasSubstr("NOT IN"), testing::HasSubstr("JOIN returns")));
}

TEST(Patterns, NameAPersonByBothNames) {
  const auto handled = asked("How many orders did Ada Holm have?");
  ASSERT_TRUE(handled);
  EXPECT_THAT(handled->sql, testing::AllOf(testing::HasSubstr("first_name = 'Ada'"),
                                           testing::HasSubstr("last_name = 'Holm'")));
}

TEST(WordRoles, AreToldFromNames) {
  EXPECT_TRUE(is_amount("order total"));
  EXPECT_FALSE(is_amount("shipping total"));
  EXPECT_FALSE(is_amount("discount amount"));
  EXPECT_TRUE(is_side_date("shipped on", "order"));
  EXPECT_FALSE(is_side_date("shipment date", "shipment"));
  EXPECT_FALSE(is_side_date("ordered on", "order"));
  ASSERT_NE(date_verb_of("hire date"), nullptr);
  EXPECT_EQ(date_verb_of("hire date"), date_verb_of("employed since"));
  EXPECT_EQ(date_verb_of("colour"), nullptr);
  EXPECT_EQ(adjective_of("is active"), "active");
  EXPECT_EQ(adjective_of("country"), "");
}

TEST(Phrasing, RoughensAllButTheTextsOfTheSql) {
  Random random(3);
  std::set<std::string> seen;
  for (int i = 0; i < 300; ++i) {
    const auto rough = roughened("Show the buyers from Montevideo?",
                                 "SELECT name FROM buyers WHERE city = 'Montevideo'", random);
    EXPECT_THAT(text::to_lower_ascii(rough), testing::HasSubstr("montevideo"));
    seen.insert(rough);
  }
  EXPECT_TRUE(seen.contains("buyers from montevideo"));
  EXPECT_GT(seen.size(), 10u);
}

TEST(Invent, WritesTheSameWholeDatabaseForTheSameSeed) {
  EXPECT_EQ(invent_database(5), invent_database(5));
  EXPECT_NE(invent_database(5), invent_database(6));
  sqlite::OpenOptions options;
  options.mode = sqlite::OpenMode::create;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const std::filesystem::path file = std::filesystem::temp_directory_path() /
                                       ("idi-invent-" + std::to_string(::getpid()) + ".sqlite");
    std::filesystem::remove(file);
    auto connection = sqlite::Connection::open(file, options);
    ASSERT_TRUE(connection);
    ASSERT_TRUE(connection->execute("PRAGMA foreign_keys=ON"));
    const auto made = connection->execute("BEGIN;" + invent_database(seed) + "COMMIT");
    EXPECT_TRUE(made) << seed << ": " << (made ? "" : made.error().message);
    std::filesystem::remove(file);
  }
}

TEST(Phrasing, FormsWords) {
  EXPECT_EQ(plural_of("order line"), "order lines");
  EXPECT_EQ(plural_of("city"), "cities");
  EXPECT_EQ(plural_of("box"), "boxes");
  EXPECT_EQ(singular_of("countries"), "country");
  EXPECT_EQ(singular_of("address"), "address");
  Random random(1);
  EXPECT_THAT(choose_alternatives("{a|b{c|d}} e", random), testing::AnyOf("a e", "bc e", "bd e"));
  EXPECT_EQ(tidy_sentence("how  many x ?"), "How many x?");
}

}  // namespace
}  // namespace idi::synth
