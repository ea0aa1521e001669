// sql_coverage SPIDER_FOLDER [EXAMPLES]: the share of gold SQL that survives, and what is lost.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "coverage.hpp"

int main(int argument_count, char** arguments) {
  if (argument_count < 2) {
    fmt::print(stderr, "usage: sql_coverage SPIDER_FOLDER [EXAMPLES]\n");
    return 2;
  }
  const std::filesystem::path spider = arguments[1];
  const std::size_t examples =
      argument_count > 2 ? static_cast<std::size_t>(std::atoi(arguments[2])) : 3;
  for (const char* file : {"dev.json", "train_spider.json", "train_others.json"}) {
    const auto coverage = idi::sql::testing::measure_coverage(spider, file, 1);
    fmt::print(
        "{}: {} of {} = {:.2f} %; {:.2f} tokens a query, {} join words, {} on words; gold "
        "that fails itself: {}\n",
        file, coverage.survived, coverage.total, 100 * coverage.share(),
        double(coverage.tokens) / std::max(1, coverage.written), coverage.join_words,
        coverage.hint_words, coverage.gold_fails);
    std::vector<std::pair<std::string, std::vector<std::string>>> causes(coverage.lost.begin(),
                                                                         coverage.lost.end());
    std::stable_sort(causes.begin(), causes.end(), [](const auto& a, const auto& b) {
      return a.second.size() > b.second.size();
    });
    for (const auto& [cause, queries] : causes) {
      fmt::print("  {:4} {}\n", queries.size(), cause);
      for (std::size_t i = 0; i < std::min(examples, queries.size()); ++i) {
        fmt::print("      {}\n", queries[i]);
      }
    }
  }
  return 0;
}
