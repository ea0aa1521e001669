// Questions to begin with, over the demo shop and Chinook, answered by the weights that the project
// ships: each must give what the SQL written beside it gives.
#include "idi/engine/starters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/demo/demo_database.hpp"
#include "idi/engine/pipeline.hpp"
#include "shop_fixture.hpp"

namespace idi::engine {
namespace {

constexpr const char* weights = "models/idi-parser.bin";
constexpr std::size_t most = 8;

std::map<std::string, std::string> expected_of(const std::string& database) {
  std::ifstream file("libs/engine/tests/cases/starters/" + database + ".case");
  EXPECT_TRUE(file) << "run the tests from the project's root";
  std::map<std::string, std::string> expected;
  std::string question;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("ask: ")) question = line.substr(5);
    if (line.starts_with("sql: ")) expected[question] = line.substr(5);
  }
  return expected;
}

/// Without regard to the order of rows and to more columns than asked for.
std::vector<std::vector<std::string>> sorted_cells(const ResultTable& table) {
  std::vector<std::vector<std::string>> rows;
  for (const Row& row : table.rows) {
    rows.emplace_back();
    for (const Value& cell : row) rows.back().push_back(to_display(cell));
    std::sort(rows.back().begin(), rows.back().end());
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

void expect_right_answers(const std::filesystem::path& path, const std::string& name) {
  ASSERT_TRUE(std::filesystem::exists(weights)) << "there is no " << weights;
  auto database = db_sqlite::open_sqlite_database(path);
  ASSERT_TRUE(database) << database.error().to_text();
  auto source = Source::open(std::move(*database), {}, {});
  ASSERT_TRUE(source) << source.error().to_text();
  auto parser = parser::Parser::open(weights);
  ASSERT_TRUE(parser) << parser.error().to_text();
  const auto pipeline = std::move(*Pipeline::open(*source, {make_parser_generator(*parser)}));

  AskLimits limits;
  limits.trial_timeout_ms = 5'000;  // a busy machine must not choose otherwise
  limits.trial_budget_ms = 20'000;
  const auto expected = expected_of(name);
  const auto questions = starter_questions((*source)->schema(), most);
  EXPECT_GE(questions.size(), 6U);
  for (const auto& question : questions) {
    const auto answer = pipeline->ask({question}, limits, no_events(), {});
    ASSERT_TRUE(answer) << question << ": " << answer.error().to_text();
    const auto known = expected.find(question);
    if (known == expected.end()) {
      ADD_FAILURE() << "not in the case file:\nask: " << question << "\nsql: " << answer->sql
                    << "\n"
                    << answer->summary;
      continue;
    }
    const auto wanted = pipeline->run_sql(known->second, limits, no_events(), {});
    ASSERT_TRUE(wanted) << known->second << wanted.error().to_text();
    EXPECT_EQ(sorted_cells(answer->result), sorted_cells(wanted->result)) << question << "\n"
                                                                          << answer->sql;
    EXPECT_THAT(answer->warnings, ::testing::IsEmpty()) << question;
  }
}

TEST(Starters, OfTheDemoShopAreAnsweredRight) {
  const auto path = std::filesystem::temp_directory_path() / "idi-starters-demo.sqlite";
  ASSERT_TRUE(demo::write_demo_database(path));
  expect_right_answers(path, "demo");
  std::filesystem::remove(path);
}

TEST(Starters, OfChinookAreAnsweredRight) {
  const char* data = std::getenv("IDI_DATA");
  const auto path =
      std::filesystem::path(data != nullptr ? data : "data") / "chinook" / "Chinook.sqlite";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no Chinook: set IDI_DATA";
  expect_right_answers(path, "chinook");
}

TEST(Starters, AreFewerWhereTheSchemaGivesNoMore) {
  EXPECT_TRUE(starter_questions(Schema{}, most).empty());
  const Schema shop = testing::shop_schema();
  EXPECT_TRUE(starter_questions(shop, 0).empty());
  EXPECT_EQ(starter_questions(shop, 1).size(), 1U);
  const auto questions = starter_questions(shop, 100);
  EXPECT_GE(questions.size(), 4U);
  const std::set<std::string> distinct(questions.begin(), questions.end());
  EXPECT_EQ(distinct.size(), questions.size());
}

TEST(Starters, OfTablesWithoutNamesStillCount) {
  Schema schema;
  Table table;
  table.name = table.natural_name = "t";
  Column column;
  column.name = column.natural_name = "x";
  table.columns.push_back(column);
  schema.tables.push_back(table);
  EXPECT_THAT(starter_questions(schema, most), ::testing::SizeIs(::testing::Le(1U)));
}

}  // namespace
}  // namespace idi::engine
