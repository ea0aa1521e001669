// The answers on SQLite: of the statement as it stands, of what the intermediate representation
// makes of it, and of that read and written once more. With IDI_UPDATE_GOLDEN=1 the files get the
// rows of the first; review the difference.
#include "answers.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "idi/core/text.hpp"
#include "idi/sql/translate.hpp"
#include "round_trip.hpp"
#include "shop.hpp"
#include "sqlite_probe.hpp"

namespace idi::sql::testing {
namespace {

class Answers : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const std::string& sql : filled_shop(Dialect::sqlite)) {
      const auto done = probe_.run(sql);
      ASSERT_TRUE(done.has_value()) << sql << "\n" << done.error().message;
    }
  }
  std::vector<std::string> rows_of(const std::string& sql) {
    const auto rows = probe_.run(sql);
    if (!rows) return {rows.error().message};
    std::vector<std::string> lines;
    for (const auto& row : *rows) {
      std::string line;
      for (const std::string& cell : row) {
        const auto colon = cell.find(':');
        line += (line.empty() ? "" : "|") +
                (colon == std::string::npos ? cell : cell.substr(colon + 1));
      }
      lines.push_back(line);
    }
    return comparable(std::move(lines), sql);
  }
  Schema schema_ = shop_schema_with_encoded_times();
  SqliteProbe probe_{{}};
};

TEST_F(Answers, AreWhatIsWritten) {
  for (const auto& path : answer_files()) {
    std::ifstream file(path);
    std::string expected, actual, line;
    while (std::getline(file, line)) {
      expected += line + "\n";
      if (!line.starts_with("  ")) actual += line + "\n";
      if (!line.starts_with("sql: ")) continue;
      for (const std::string& row : rows_of(line.substr(5))) actual += "  " + row + "\n";
    }
    EXPECT_TRUE(expected.starts_with("why: ")) << path;
    if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(path) << actual;
    } else {
      EXPECT_EQ(actual, expected);
    }
  }
}

TEST_F(Answers, SurviveTheIntermediateRepresentation) {
  ASSERT_FALSE(expected_answers().empty());
  for (const Answer& answer : expected_answers()) {
    const auto once = round_trip(answer.sql, schema_);
    ASSERT_TRUE(once.has_value()) << answer.sql << "\n" << once.error().message;
    EXPECT_EQ(comparable(rows_of(once->sql), answer.sql), answer.rows) << once->sql;
    const auto twice = round_trip(once->sql, schema_);
    ASSERT_TRUE(twice.has_value()) << once->sql << "\n" << twice.error().message;
    EXPECT_EQ(twice->sql, once->sql);
    EXPECT_EQ(twice->tokens, once->tokens);
  }
}

}  // namespace
}  // namespace idi::sql::testing
