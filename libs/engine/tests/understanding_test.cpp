#include "idi/engine/understanding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "shop_fixture.hpp"

namespace idi::engine {
namespace {

using ::testing::HasSubstr;

TEST(CleanQuestion, JoinsBlanksAndDropsControlCharacters) {
  EXPECT_EQ(*clean_question("  How\tmany \n customers\x1b[2J?  "), "How many customers [2J?");
  EXPECT_EQ(*clean_question("¿Cuántos?"), "¿Cuántos?");
}

TEST(CleanQuestion, RefusesWhatIsNoQuestion) {
  EXPECT_EQ(clean_question("").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(clean_question(" \t\n").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(clean_question("caf\xE9").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(clean_question(std::string(100'000, 'x')).error().code, ErrorCode::limit_exceeded);
  EXPECT_TRUE(clean_question(std::string(max_question_bytes, 'x')));
  EXPECT_THAT(clean_question("").error().hint, HasSubstr("how many customers"));
}

TEST(Understand, ASchemaWithTablesOfItsOwnIsAskedAboutThem) {
  Schema restaurant;
  Table table;
  table.name = table.natural_name = "tables";
  restaurant.tables.push_back(table);
  EXPECT_EQ(understand("List all tables", restaurant)->intent, Intent::data);
}

TEST(Understand, ASchemaWithPlotsAndLinesIsAskedAboutThem) {
  Schema schema;
  for (const char* name : {"plots", "lines"}) {
    Table table;
    table.name = table.natural_name = name;
    schema.tables.push_back(table);
  }
  for (const char* question : {"plot of each film", "show the lines", "count stations as lines"}) {
    const auto understood = understand(question, schema);
    ASSERT_TRUE(understood) << question;
    EXPECT_EQ(understood->question, question);
    EXPECT_FALSE(understood->chart) << question;
  }
  EXPECT_EQ(understand("line chart of the plots", schema)->chart, chart::Kind::line);
}

}  // namespace
}  // namespace idi::engine
