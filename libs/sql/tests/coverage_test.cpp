#include "coverage.hpp"

#include <gtest/gtest.h>

namespace idi::sql::testing {
namespace {

/// A sample of about 500 queries of each file; the sql_coverage program measures them all.
void expect_coverage(const char* file, int stride, double least) {
  const auto data = data_folder();
  if (!data) GTEST_SKIP() << "no data: set IDI_DATA to the folder with spider/";
  const Coverage coverage = measure_coverage(*data / "spider", file, stride);
  ASSERT_GT(coverage.total, 400);
  std::string causes;
  for (const auto& [cause, queries] : coverage.lost) {
    causes += "\n  " + std::to_string(queries.size()) + " " + cause + "\n    " + queries.front();
  }
  EXPECT_GE(coverage.share(), least) << "lost:" << causes;
}

TEST(Coverage, SpiderTrain) { expect_coverage("train_spider.json", 14, 0.98); }
TEST(Coverage, SpiderDev) { expect_coverage("dev.json", 2, 0.97); }

}  // namespace
}  // namespace idi::sql::testing
