// tests/cases/*.case: a line `why:`, a dialect on a line of its own, and statements over the shop
// that its grammar can write (`yes:`) or cannot (`no:`).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "gbnf_machine.hpp"
#include "scoped_schema.hpp"
#include "shop.hpp"

namespace idi::grammar::testing {
namespace {

GbnfMachine shop_machine(Dialect dialect) {
  const Schema schema = sql::testing::shop_schema_with_encoded_times();
  Scope scope = whole_scope(schema);
  scope.values = {{{0, 1}, {"Lisbon"}, false}, {{0, 2}, {"Portugal", "O'Land"}, true}};
  // Wide enough for all that the cases speak of.
  GrammarOptions options;
  options.max_bytes = 4 << 20;
  auto machine = GbnfMachine::parse(sql_grammar(schema, scope, dialect, options).value());
  return std::move(machine.value());
}

TEST(Cases, AreWrittenOrNot) {
  const std::map<std::string, Dialect> dialects = {
      {"sqlite", Dialect::sqlite}, {"postgres", Dialect::postgres}, {"mysql", Dialect::mysql}};
  std::map<std::string, GbnfMachine> machines;
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator("libs/grammar/tests/cases")) {
    std::ifstream file(entry.path());
    std::string line;
    std::getline(file, line);
    EXPECT_TRUE(line.starts_with("why: ")) << entry.path();
    std::string dialect;
    for (int number = 2; std::getline(file, line); ++number) {
      if (line.empty() || line.starts_with('#')) continue;
      if (dialects.contains(line)) {
        dialect = line;
        if (!machines.contains(line)) machines.emplace(line, shop_machine(dialects.at(line)));
        continue;
      }
      const bool yes = line.starts_with("yes: ");
      ASSERT_TRUE(yes || line.starts_with("no: ")) << entry.path() << ":" << number;
      const std::string sql = line.substr(line.find(' ') + 1);
      const auto recognition = machines.at(dialect).recognise(sql);
      EXPECT_EQ(recognition.accepted, yes)
          << entry.path() << ":" << number << " " << dialect << "\n"
          << sql.substr(0, recognition.accepted_bytes) << " <|> "
          << sql.substr(recognition.accepted_bytes);
      ++cases;
    }
  }
  EXPECT_GT(cases, 90);
}

}  // namespace
}  // namespace idi::grammar::testing
