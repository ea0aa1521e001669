// How much of a data set's gold SQL survives the round trip with the same result.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "spider.hpp"

namespace idi::sql::testing {

struct Coverage {
  int total = 0;
  int gold_fails = 0;  ///< Gold that does not run itself: left out of total.
  int survived = 0;
  int tokens = 0;  ///< Of all that could be written.
  int written = 0;
  int join_words = 0;
  int hint_words = 0;
  std::map<std::string, std::vector<std::string>> lost;  ///< Cause → examples.

  [[nodiscard]] double share() const { return total == 0 ? 0 : double(survived) / total; }
};

/// Every `stride`-th query of the file.
[[nodiscard]] Coverage measure_coverage(const std::filesystem::path& spider,
                                        const std::string& file, int stride);

}  // namespace idi::sql::testing
