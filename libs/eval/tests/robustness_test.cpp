#include "idi/eval/robustness.hpp"

#include <gtest/gtest.h>

#include "idi/dataset/questions.hpp"
#include "sample_databases.hpp"

namespace idi::eval {
namespace {

std::string without(const char* question, const char* gold, const Schema* schema = nullptr) {
  return without_column_names(question, gold, schema);
}

TEST(WithoutColumnNames, RemovesTheWordsThatNameAGoldColumn) {
  EXPECT_EQ(without("What is the average age of all singers?", "SELECT avg(age) FROM singer"),
            "What is the average of all singers?");
  EXPECT_EQ(without("Show the name, please.", "SELECT name FROM singer"), "Show the, please.");
  EXPECT_EQ(without("Age of Joe", "SELECT AGE FROM singer"), "of Joe");
}

TEST(WithoutColumnNames, OnlyWholeWordsAreTaken) {
  EXPECT_EQ(without("Which names and ages?", "SELECT name, age FROM singer"),
            "Which names and ages?");
  EXPECT_EQ(without("What is the language?", "SELECT age FROM singer"), "What is the language?");
}

TEST(WithoutColumnNames, NamesOfSeveralWordsGoAsAWhole) {
  const char* gold = "SELECT home_town FROM people";
  EXPECT_EQ(without("What is the home town of Joe?", gold), "What is the of Joe?");
  EXPECT_EQ(without("What is the home_town of Joe?", gold), "What is the of Joe?");
  EXPECT_EQ(without("Is his town his home?", gold), "Is his town his home?");
}

TEST(WithoutColumnNames, OtherColumnsStay) {
  EXPECT_EQ(without("The age of the singer by name", "SELECT age FROM singer"),
            "The of the singer by name");
}

TEST(WithoutColumnNames, ColumnsOfConditionsAndSubqueriesCount) {
  EXPECT_EQ(without("Names where country is France and year over 3",
                    "SELECT n FROM s WHERE country = 'France' AND i IN (SELECT i FROM t WHERE "
                    "year > 3)"),
            "Names where is France and over 3");
}

TEST(WithoutColumnNames, NothingLeftMeansNothingTaken) {
  EXPECT_EQ(without("age?", "SELECT age FROM singer"), "age?");
  EXPECT_EQ(without("", "SELECT age FROM singer"), "");
  EXPECT_EQ(without("Which age?", ""), "Which age?");
}

TEST(WithoutColumnNames, NaturalNamesComeFromTheSchema) {
  Schema schema;
  schema.tables.resize(1);
  schema.tables[0].name = "cars";
  Column column;
  column.name = "MPG";
  column.natural_name = "miles per gallon";
  schema.tables[0].columns = {column};
  EXPECT_EQ(without("How many miles per gallon (mpg)?", "SELECT mpg FROM cars", &schema),
            "How many ()?");
}

TEST(WithoutColumnNames, TheFileCanBeReadBack) {
  const SampleDatabases sample;
  const auto input = sample.write(
      "q.jsonl", question_line("shop", "the price of a pen", "SELECT price FROM item") +
                     question_line("shop", "how many", "SELECT count(*) FROM item"));
  const auto output = sample.folder() / "out.jsonl";
  const auto counts = write_without_column_names(input, std::nullopt, output, false);
  ASSERT_TRUE(counts) << counts.error().to_text();
  EXPECT_EQ(counts->questions, 2U);
  EXPECT_EQ(counts->changed, 1U);
  const auto records = dataset::read_questions(output);
  ASSERT_TRUE(records);
  ASSERT_EQ(records->size(), 2U);
  EXPECT_EQ(records->at(0).question, "the of a pen");
  EXPECT_EQ(records->at(0).query, "SELECT price FROM item");
  ASSERT_TRUE(write_without_column_names(input, std::nullopt, output, true));
  EXPECT_EQ(dataset::read_questions(output)->size(), 1U);
  EXPECT_FALSE(write_without_column_names(sample.folder() / "absent", {}, output, true));
  EXPECT_FALSE(write_without_column_names(input, {}, sample.folder() / "no" / "x", true));
}

}  // namespace
}  // namespace idi::eval
