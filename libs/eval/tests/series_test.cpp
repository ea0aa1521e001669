#include "idi/eval/series.hpp"

#include <gtest/gtest.h>

namespace idi::eval {
namespace {

SeriesEntry entry(const char* name, std::size_t right, double p50_ms) {
  SeriesEntry entry;
  entry.name = name;
  entry.summary.all = {200, right};
  entry.summary.latency["total"] = {p50_ms, 2 * p50_ms};
  return entry;
}

TEST(Series, ComparesWithTheFirst) {
  const std::vector<SeriesEntry> entries = {entry("everything", 150, 10), entry("no beam", 141, 4)};
  EXPECT_EQ(series_text("system", entries),
            "system       right %    gain  questions    ms p50    ms p95\n"
            "everything     75.00   +0.00  150 of 200      10.00     20.00\n"
            "no beam        70.50   -4.50  141 of 200       4.00      8.00\n");
  EXPECT_EQ(series_json(entries),
            R"([{"name":"everything","execution_accuracy":75.00,"gain":0.00,"count":200,)"
            R"("correct":150,"total_ms":{"p50":10.00,"p95":20.00}},)"
            R"({"name":"no beam","execution_accuracy":70.50,"gain":-4.50,"count":200,)"
            R"("correct":141,"total_ms":{"p50":4.00,"p95":8.00}}])");
}

TEST(Series, OfNothingIsATableWithoutRows) {
  EXPECT_EQ(series_json({}), "[]");
  EXPECT_EQ(series_text("x", {}), "x   right %    gain  questions    ms p50    ms p95\n");
}

}  // namespace
}  // namespace idi::eval
