#include "idi/synth/synth.hpp"

#include <gmock/gmock.h>

#include <array>
#include <set>

#include "../src/patterns.hpp"
#include "../src/phrasing.hpp"
#include "../src/template.hpp"
#include "idi/sql/translate.hpp"

namespace idi::synth {
namespace {

Column column(std::string name, ColumnType type, std::vector<std::string> samples,
              bool primary = false) {
  Column made;
  made.natural_name = natural_name_of(name);
  made.name = std::move(name);
  made.type = type;
  made.primary_key = primary;
  made.sample_values = std::move(samples);
  return made;
}

Table table(std::string name, std::vector<Column> columns) {
  Table made;
  made.natural_name = natural_name_of(name);
  made.name = std::move(name);
  made.columns = std::move(columns);
  return made;
}

Schema music() {
  Schema schema;
  schema.name = "music";
  schema.tables = {table("singer", {column("singer_id", ColumnType::number, {"1", "2"}, true),
                                    column("name", ColumnType::text, {"Joe", "Ann"}),
                                    column("age", ColumnType::number, {"25", "43"}),
                                    column("country", ColumnType::text, {"France", "Chile"})}),
                   table("concert", {column("concert_id", ColumnType::number, {"1"}, true),
                                     column("singer_id", ColumnType::number, {"1"}),
                                     column("theme", ColumnType::text, {"Free"}),
                                     column("title", ColumnType::text, {"Big Night"}),
                                     column("held_on", ColumnType::time, {"2023-04-01"})})};
  schema.foreign_keys = {{{1, 1}, {0, 0}, true}};
  return schema;
}

Schema shop() {
  Schema schema;
  schema.name = "shop";
  schema.tables = {table("customer", {column("id", ColumnType::number, {"1"}, true),
                                      column("full_name", ColumnType::text, {"Eve Oak"}),
                                      column("income", ColumnType::number, {"100"}),
                                      column("city", ColumnType::text, {"Bonn", "Lyon"})}),
                   table("purchase", {column("id", ColumnType::number, {"7"}, true),
                                      column("customer_id", ColumnType::number, {"1"}),
                                      column("parcel_id", ColumnType::number, {"1"}),
                                      column("amount_paid", ColumnType::number, {"28"}),
                                      column("quantity", ColumnType::number, {"3"}),
                                      column("unit_price", ColumnType::number, {"9.5"}),
                                      column("bought_on", ColumnType::time, {"2022-12-24"})}),
                   table("parcel", {column("id", ColumnType::number, {"1"}, true),
                                    column("packed_on", ColumnType::time, {"2022-12-27"})})};
  schema.foreign_keys = {{{1, 1}, {0, 0}, true}, {{1, 2}, {2, 0}, true}};
  return schema;
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
  const std::array<Schema, 2> schemas{shop(), music()};
  Random random(7);
  const Rewording rewording(link::WordNet::none(), 0);
  for (const Pattern& pattern : patterns()) {
    std::optional<Scene> scene;
    for (int tries = 0; tries < 3000 && !scene; ++tries) {
      scene = draw_scene(schemas[static_cast<std::size_t>(tries % 2)], pattern.needs, random);
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
