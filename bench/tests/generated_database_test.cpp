#include "generated_database.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "idi/db/database.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"

namespace idi::bench {
namespace {

class GeneratedDatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() /
            ("idi-bench-test-" + std::to_string(::getpid()) + ".sqlite");
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  Schema schema_of(int tables) {
    EXPECT_TRUE(write_generated_database(path_, tables));
    auto database = db_sqlite::open_sqlite_database(path_);
    EXPECT_TRUE(database);
    return *(*database)->introspect({});
  }
  std::filesystem::path path_;
};

TEST_F(GeneratedDatabaseTest, HasTheTablesRowsAndKeysAskedFor) {
  const Schema schema = schema_of(100);
  ASSERT_EQ(schema.tables.size(), 100U);
  std::set<std::string> names;
  std::set<int> children;
  for (const Table& table : schema.tables) {
    names.insert(table.name);
    EXPECT_EQ(table.row_estimate, rows_per_table) << table.name;
    EXPECT_GE(table.columns.size(), 6U);
  }
  for (const ForeignKey& key : schema.foreign_keys) {
    EXPECT_LT(key.to.table, key.from.table);
    children.insert(key.from.table);
  }
  EXPECT_EQ(names.size(), 100U);
  EXPECT_EQ(children.size(), 99U) << "every table but the first refers to another";
}

TEST_F(GeneratedDatabaseTest, IsTheSameEveryTime) {
  const auto written = [&] {
    EXPECT_TRUE(write_generated_database(path_, 12));
    std::ifstream file(path_, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string first = written();
  EXPECT_GT(first.size(), 10'000U);
  EXPECT_TRUE(first == written());
  EXPECT_EQ(generated_questions(12), generated_questions(12));
}

TEST(GeneratedQuestionsTest, AreAboutTablesOfTheSchema) {
  for (const int tables : {1, 2, 10, 1000}) {
    const auto questions = generated_questions(tables);
    EXPECT_EQ(std::set<std::string>(questions.begin(), questions.end()).size(), questions.size());
    EXPECT_GE(questions.size(), 5U);
  }
}

}  // namespace
}  // namespace idi::bench
