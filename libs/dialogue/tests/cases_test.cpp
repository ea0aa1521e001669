// tests/cases/*.case: what is asked after what. IDI_UPDATE_GOLDEN=1 rewrites their "asks" lines;
// the diff is reviewed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "idi/dialogue/rewriter.hpp"
#include "shop_linker.hpp"

namespace idi::dialogue {
namespace {

constexpr const char* folder = "libs/dialogue/tests/cases/";

class Cases : public ::testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { linker_ = testing::shop_linker(); }
  static void TearDownTestSuite() { linker_.reset(); }

  /// What is asked, "=" if the utterance stands alone.
  static std::string asked(const std::map<std::string, std::string>& one) {
    const Exchange before{one.at("before"), one.contains("sql") ? one.at("sql") : ""};
    const Rewriting rewriting = rewrite(one.at("said"), {before}, *linker_);
    return rewriting.is_follow_up ? rewriting.question : "=";
  }

  static inline std::shared_ptr<const link::Linker> linker_;
};

TEST_P(Cases, AreAskedAsTheySay) {
  const std::filesystem::path file = std::string(folder) + GetParam();
  std::ifstream stream(file);
  ASSERT_TRUE(stream) << "run the tests from the project's root";
  std::map<std::string, std::string> one;
  std::string updated;
  int count = 0;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t colon = line.find(": ");
    if (line.empty()) one.clear();
    if (!line.empty() && !line.starts_with('#')) {
      ASSERT_NE(colon, std::string::npos) << line;
      one[line.substr(0, colon)] = line.substr(colon + 2);
    }
    if (line.starts_with("asks: ")) {
      ++count;
      ASSERT_TRUE(one.contains("why") && one.contains("before") && one.contains("said")) << line;
      const std::string now = asked(one);
      EXPECT_EQ(one["asks"], now) << one["why"] << "\n  before: " << one["before"]
                                  << "\n  said:   " << one["said"];
      line = "asks: " + now;
    }
    updated += line + "\n";
  }
  EXPECT_GT(count, 0);
  stream.close();
  if (std::getenv("IDI_UPDATE_GOLDEN")) std::ofstream(file) << updated;
}

INSTANTIATE_TEST_SUITE_P(Files, Cases,
                         ::testing::Values("fragments.case", "references.case",
                                           "standing_alone.case"),
                         [](const auto& file) {
                           std::string name = file.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace idi::dialogue
