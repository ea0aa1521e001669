// Published predictions on Spider's dev set must score what their papers say. Needs the data
// folder.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "idi/eval/evaluate.hpp"

namespace idi::eval {
namespace {

std::filesystem::path data_folder() {
  const char* const named = std::getenv("IDI_DATA");
  return named ? named : "../shared/data";
}

class Published : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(data_folder() / "spider/dev.json")) {
      GTEST_SKIP() << "no data at " << data_folder() << " (set IDI_DATA)";
    }
  }

  static Summary score(const char* predictions, bool keep_distinct) {
    EvalOptions options;
    options.questions = data_folder() / "spider/dev.json";
    options.databases = data_folder() / "spider/database";
    options.tables = data_folder() / "spider/tables.json";
    options.predictions = data_folder() / "published_predictions" / predictions;
    options.keep_distinct = keep_distinct;
    options.jobs = 2;
    auto evaluation = evaluate(options, nullptr, nullptr, {});
    EXPECT_TRUE(evaluation) << evaluation.error().to_text();
    return evaluation ? evaluation->summary : Summary{};
  }
};

TEST_F(Published, CodeS1B) {
  EXPECT_NEAR(score("codes-1b-spider-dev.txt", false).all.accuracy(), 77.9, 0.2);
  EXPECT_NEAR(score("codes-1b-spider-dev.txt", true).all.accuracy(), 76.8, 0.2);
}

TEST_F(Published, CodeS7B) {
  EXPECT_NEAR(score("codes-7b-spider-dev.txt", false).all.accuracy(), 85.4, 0.2);
  EXPECT_NEAR(score("codes-7b-spider-dev.txt", true).all.accuracy(), 83.6, 0.2);
}

TEST_F(Published, DailSqlWithGpt4) {
  EXPECT_NEAR(score("DAIL-SQL_GPT-4.txt", true).all.accuracy(), 83.1, 0.2);
}

TEST_F(Published, HardnessIsDistributedAsOfficially) {
  const Summary summary = score("codes-1b-spider-dev.txt", false);
  EXPECT_EQ(summary.by_hardness[0].count, 248U);
  EXPECT_EQ(summary.by_hardness[1].count, 446U);
  EXPECT_EQ(summary.by_hardness[2].count, 174U);
  EXPECT_EQ(summary.by_hardness[3].count, 166U);
  EXPECT_EQ(summary.unusable, 0U);
}

}  // namespace
}  // namespace idi::eval
