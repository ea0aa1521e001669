// Literals. Texts are bounded, days exist in every year.
#include "sql_rules.hpp"

namespace idi::grammar {
namespace {

// Characters of a free text; a longer one is not compared with in practice.
constexpr int max_text_characters = 60;

}  // namespace

std::string SqlRules::number() {
  return rules_.add(
      "number", [] { return std::string(R"("-"? ("0" | [1-9] [0-9]{0,12}) ("." [0-9]{1,4})?)"); });
}

std::string SqlRules::positive() {
  return rules_.add("positive",
                    [] { return std::string(R"([1-9] [0-9]{0,8} ("." [0-9]{1,4})?)"); });
}

/// No backslash: what it means depends on MySQL's mode, and the guard refuses it before a quote.
std::string SqlRules::free_text() {
  return rules_.add("text", [this] {
    const std::string character =
        rules_.add("character", [] { return std::string(R"([^'\\\x00-\x1F\x7F] | "''")"); });
    return "\"'\" " + up_to(max_text_characters, character) + " \"'\"";
  });
}

std::string SqlRules::pattern() {
  return rules_.add("pattern", [this] { return free_text(); });
}

std::string SqlRules::date() {
  return rules_.add("date", [this] {
    const std::string day = rules_.add("day", [] {
      return std::string(R"([12] [0-9] [0-9] [0-9] "-" ()"
                         R"(("0" [13578] | "1" [02]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) | )"
                         R"(("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30") | )"
                         R"("02-" ("0" [1-9] | "1" [0-9] | "2" [0-8])))");
    });
    return "\"'\" " + day + " \"'\"";
  });
}

std::string SqlRules::moment() {
  return rules_.add("moment", [this] {
    date();  // makes the rule "day"
    clock();
    std::string shorter;
    // Stored as text: a year or a month is a prefix that compares well. Or as a number.
    if (dialect_ == Dialect::sqlite) {
      shorter = R"( | "'" [12] [0-9] [0-9] [0-9] ("-" ("0" [1-9] | "1" [0-2]))? "'" | )" + number();
    }
    return R"("'" day (" " time)? "'")" + shorter;
  });
}

std::string SqlRules::clock() {
  return rules_.add("clock", [this] {
    rules_.add("time", [] {
      return std::string(R"(("0" [0-9] | "1" [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9])");
    });
    return std::string(R"("'" time "'")");
  });
}

std::string SqlRules::truth() {
  return rules_.add("truth", [this] {
    return std::string(dialect_ == Dialect::postgres ? R"("TRUE" | "FALSE")"
                                                     : R"("TRUE" | "FALSE" | "1" | "0")");
  });
}

std::string SqlRules::limit() {
  return rules_.add("limit", [] {
    return std::string(R"(" LIMIT " [1-9] [0-9]{0,4} (" OFFSET " [1-9] [0-9]{0,4})?)");
  });
}

}  // namespace idi::grammar
