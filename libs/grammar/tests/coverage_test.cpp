// The grammar writes what libs/sql writes: parser and language model speak one spelling.
#include "coverage.hpp"

#include <gtest/gtest.h>

#include "spider.hpp"

namespace idi::grammar::testing {
namespace {

// Every so many queries of the training set; grammar_coverage measures all of them.
constexpr int stride = 70;

class Covers : public ::testing::TestWithParam<std::pair<Dialect, double>> {};

TEST_P(Covers, OurOwnSql) {
  const auto folder = sql::testing::data_folder();
  if (!folder) GTEST_SKIP() << "the Spider data set is not here (IDI_DATA)";
  const auto [dialect, least] = GetParam();
  const Coverage coverage =
      measure_coverage(*folder / "spider", "train_spider.json", stride, dialect);
  EXPECT_GT(coverage.rewritten, 90);
  EXPECT_GE(coverage.recognised, least * coverage.rewritten);
}

// What PostgreSQL and MySQL refuse is not written: columns beside aggregates that are not keys.
INSTANTIATE_TEST_SUITE_P(Dialects, Covers,
                         ::testing::Values(std::pair(Dialect::sqlite, 0.9),
                                           std::pair(Dialect::postgres, 0.7),
                                           std::pair(Dialect::mysql, 0.7)));

}  // namespace
}  // namespace idi::grammar::testing
