// grammar_coverage DATA/spider [file [stride]]: what share of libs/sql's SQL the grammar writes, by
// dialect, and where it stops.
#include <cstdlib>
#include <iostream>

#include "coverage.hpp"

int main(int count, char** arguments) {
  using idi::Dialect;
  if (count < 2) {
    std::cerr << "usage: grammar_coverage DATA/spider [file [stride]]\n";
    return 2;
  }
  const std::string file = count > 2 ? arguments[2] : "train_spider.json";
  const int stride = count > 3 ? std::max(1, std::atoi(arguments[3])) : 1;
  for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres, Dialect::mysql}) {
    const auto coverage =
        idi::grammar::testing::measure_coverage(arguments[1], file, stride, dialect);
    static constexpr const char* names[] = {"sqlite", "postgres", "mysql"};
    std::cout << names[static_cast<std::size_t>(dialect)] << ": " << coverage.gold << " gold, "
              << coverage.rewritten << " rewritten, " << coverage.recognised << " recognised ("
              << 100.0 * coverage.recognised / std::max(1, coverage.rewritten) << " %), "
              << coverage.raw << " as they stand; stacks at most " << coverage.most_stacks
              << ", mean of the most " << coverage.mean_most_stacks << "; grammar at most "
              << coverage.most_bytes << " bytes\n";
    for (const auto& [word, examples] : coverage.stopped) {
      std::cout << "  " << examples.size() << " x after '" << word << "': " << examples.front()
                << "\n";
    }
  }
}
