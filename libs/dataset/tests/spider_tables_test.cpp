#include "idi/dataset/spider_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace idi::dataset {
namespace {

using testing::HasSubstr;

constexpr std::string_view concerts = R"([{
  "db_id": "concerts",
  "table_names_original": ["Singer", "Concert"], "table_names": ["singer", "live concert"],
  "column_names_original": [[-1, "*"], [0, "Singer_ID"], [0, "Nm"], [1, "CID"], [1, "Singer_ID"]],
  "column_names": [[-1, "*"], [0, "singer id"], [0, "name"], [1, "concert id"], [1, "singer id"]],
  "column_types": ["text", "number", "text", "others", "number"],
  "primary_keys": [1, [3]], "foreign_keys": [[4, 1]]}])";

TEST(SpiderTables, ReadsASchema) {
  const auto tables = SpiderTables::parse(concerts, "t.json");
  ASSERT_TRUE(tables.has_value()) << tables.error().to_text();
  EXPECT_EQ(tables->find("nothing"), nullptr);
  const Schema* schema = tables->find("concerts");
  ASSERT_NE(schema, nullptr);
  ASSERT_EQ(schema->tables.size(), 2U);
  EXPECT_EQ(schema->tables[1].natural_name, "live concert");
  EXPECT_EQ(schema->tables[0].columns[1].natural_name, "name");
  EXPECT_EQ(schema->tables[0].columns[0].type, ColumnType::number);
  EXPECT_TRUE(schema->tables[0].columns[0].primary_key);
  EXPECT_TRUE(schema->tables[1].columns[0].primary_key);
  EXPECT_FALSE(schema->tables[0].columns[1].primary_key);
  ASSERT_EQ(schema->foreign_keys.size(), 1U);
  EXPECT_EQ(schema->foreign_keys[0].from, (ColumnRef{1, 1}));
  EXPECT_EQ(schema->foreign_keys[0].to, (ColumnRef{0, 0}));
}

TEST(SpiderTables, LaysNamesTypesAndKeysOverAnIntrospectedSchema) {
  const auto tables = SpiderTables::parse(concerts, "t.json");
  ASSERT_TRUE(tables.has_value());
  Schema schema;  // other order, other case, a column and a table more
  Table concert{"CONCERT", "concert", TableKind::table, {}, {}, {}};
  concert.columns.resize(3);
  concert.columns[0].name = "extra";
  concert.columns[0].natural_name = "extra";
  concert.columns[1].name = "singer_id";
  concert.columns[2].name = "cid";
  concert.columns[2].type = ColumnType::number;
  Table log{"log", "log", TableKind::table, {}, {}, {}};
  Table singer{"singer", "singer", TableKind::table, {}, {}, {}};
  singer.columns.resize(1);
  singer.columns[0].name = "singer_id";
  schema.tables = {concert, log, singer};

  apply_spider_tables(schema, *tables->find("concerts"));
  EXPECT_EQ(schema.tables[0].natural_name, "live concert");
  EXPECT_EQ(schema.tables[0].name, "CONCERT");
  EXPECT_EQ(schema.tables[1].natural_name, "log");
  EXPECT_EQ(schema.tables[0].columns[0].natural_name, "extra");
  EXPECT_EQ(schema.tables[0].columns[2].natural_name, "concert id");
  EXPECT_EQ(schema.tables[0].columns[2].type, ColumnType::number);  // "others" says nothing
  EXPECT_TRUE(schema.tables[0].columns[2].primary_key);
  ASSERT_EQ(schema.foreign_keys.size(), 1U);
  EXPECT_EQ(schema.foreign_keys[0].from, (ColumnRef{0, 1}));
  EXPECT_EQ(schema.foreign_keys[0].to, (ColumnRef{2, 0}));

  apply_spider_tables(schema, *tables->find("concerts"));  // a key known is not added again
  EXPECT_EQ(schema.foreign_keys.size(), 1U);
}

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(concerts);
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(SpiderTables, RefusesWhatDoesNotFitTogether) {
  const std::pair<std::string_view, std::string_view> faults[] = {
      {"[[4, 1]]", "[[4, 0]]"},          // a key to the star
      {"[[4, 1]]", "[[4, 9]]"},          // … to nothing
      {"[[4, 1]]", "[[4]]"},             // … half
      {"[1, [3]]", "[1, [-3]]"},         // a primary key of nothing
      {"[1, [3]]", "\"x\""},             // no list
      {"[1, \"CID\"]", "[7, \"CID\"]"},  // a column of no table
      {"[1, \"CID\"]", "[1, null]"},     // … without a name
      {"\"text\", \"number\",", "\"number\","},
      {"\"live concert\"", "\"live concert\", \"x\""},
      {"\"db_id\"", "\"id\""}};
  for (const auto& [from, to] : faults) {
    const auto tables = SpiderTables::parse(replaced(from, to), "t.json");
    ASSERT_FALSE(tables.has_value()) << to;
    EXPECT_EQ(tables.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(tables.error().message, HasSubstr("t.json, entry 1"));
    EXPECT_FALSE(tables.error().hint.empty());
  }
  EXPECT_THAT(SpiderTables::parse("[\n\n{]", "t.json").error().message, HasSubstr("line 3"));
  EXPECT_FALSE(SpiderTables::parse("{}", "t.json").has_value());
  EXPECT_EQ(SpiderTables::read("no/such/file").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace idi::dataset
