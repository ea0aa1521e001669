// Questions with their true answers, the same for every database: tests/answers/*.case has a line
// `why:`, then statements in SQLite's words, each `sql:` followed by its rows, one a line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::sql::testing {

struct Answer {
  std::string sql;
  std::vector<std::string> rows;  ///< Cells divided by '|', numbers rounded, "null" for NULL.
};

/// What is in the files, in order.
[[nodiscard]] std::vector<Answer> expected_answers();
[[nodiscard]] std::vector<std::filesystem::path> answer_files();

/// CREATE TABLE and INSERT of a small shop: shop_schema_with_encoded_times, filled.
[[nodiscard]] std::vector<std::string> filled_shop(Dialect dialect);

/// Numbers in one spelling ("3", "0.3333"), and rows sorted where the statement has no order.
[[nodiscard]] std::vector<std::string> comparable(std::vector<std::string> rows,
                                                  const std::string& sql);

}  // namespace idi::sql::testing
