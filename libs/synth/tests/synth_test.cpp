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

/// A business with everything that a pattern may ask for.
Schema trade() {
  Schema schema;
  schema.name = "trade";
  const auto day = std::vector<std::string>{"2023-05-06", "2024-11-12"};
  schema.tables = {table("branches", {column("branch_id", ColumnType::number, {"1"}, true),
                                      column("name", ColumnType::text, {"Oslo"}),
                                      column("city", ColumnType::text, {"Oslo", "Riga"})}),
                   table("clerks", {column("clerk_id", ColumnType::number, {"1"}, true),
                                    column("first_name", ColumnType::text, {"Ada"}),
                                    column("last_name", ColumnType::text, {"Holm"}),
                                    column("branch_id", ColumnType::number, {"1"}),
                                    column("hired_on", ColumnType::time, day)}),
                   table("buyers", {column("buyer_id", ColumnType::number, {"1"}, true),
                                    column("name", ColumnType::text, {"Eve Oak"}),
                                    column("city", ColumnType::text, {"Lima", "Oslo"}),
                                    column("is_active", ColumnType::boolean, {"0", "1"}),
                                    column("state", ColumnType::text, {"new", "blocked"}),
                                    column("birth_date", ColumnType::time, day),
                                    column("joined_on", ColumnType::time, day)}),
                   table("kinds", {column("kind_id", ColumnType::number, {"1"}, true),
                                   column("name", ColumnType::text, {"Lamps"})}),
                   table("articles", {column("article_id", ColumnType::number, {"1"}, true),
                                      column("name", ColumnType::text, {"Blue lamp"}),
                                      column("kind_id", ColumnType::number, {"1"}),
                                      column("cost", ColumnType::number, {"3"}),
                                      column("price", ColumnType::number, {"9"}),
                                      column("retired", ColumnType::boolean, {"0", "1"})}),
                   table("orders", {column("order_id", ColumnType::number, {"1"}, true),
                                    column("buyer_id", ColumnType::number, {"1"}),
                                    column("clerk_id", ColumnType::number, {"1"}),
                                    column("shipped_on", ColumnType::time, day),
                                    column("ordered_on", ColumnType::time, day),
                                    column("status", ColumnType::text, {"open", "cancelled"}),
                                    column("shipping_cost", ColumnType::number, {"4"}),
                                    column("total", ColumnType::number, {"80"})}),
                   table("order_items", {column("order_item_id", ColumnType::number, {"1"}, true),
                                         column("order_id", ColumnType::number, {"1"}),
                                         column("article_id", ColumnType::number, {"1"}),
                                         column("quantity", ColumnType::number, {"2"}),
                                         column("unit_price", ColumnType::number, {"9"})}),
                   table("returns", {column("return_id", ColumnType::number, {"1"}, true),
                                     column("order_item_id", ColumnType::number, {"1"}),
                                     column("returned_on", ColumnType::time, day)})};
  schema.foreign_keys = {{{1, 3}, {0, 0}, true}, {{4, 2}, {3, 0}, true}, {{5, 1}, {2, 0}, true},
                         {{5, 2}, {1, 0}, true}, {{6, 1}, {5, 0}, true}, {{6, 2}, {4, 0}, true},
                         {{7, 1}, {6, 0}, true}};
  return schema;
}

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
