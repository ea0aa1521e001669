// Reads tests/cases/*.case: "key: value" lines, cases separated by empty lines, # comments.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace idi::eval {

using Case = std::map<std::string, std::string>;

inline std::vector<Case> read_cases(const std::string& name) {
  std::ifstream file("libs/eval/tests/cases/" + name);
  EXPECT_TRUE(file) << "run the tests from the project's root";
  std::vector<Case> cases(1);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      if (!cases.back().empty()) cases.emplace_back();
      continue;
    }
    const std::size_t colon = line.find(": ");
    EXPECT_NE(colon, std::string::npos) << line;
    if (colon != std::string::npos) cases.back()[line.substr(0, colon)] = line.substr(colon + 2);
  }
  if (cases.back().empty()) cases.pop_back();
  for (const Case& one : cases) EXPECT_TRUE(one.contains("why")) << "a case without a reason";
  return cases;
}

}  // namespace idi::eval
