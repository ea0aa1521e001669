// tests/cases/*.case: what is asked back. IDI_UPDATE_GOLDEN=1 rewrites their "card" lines; the diff
// is reviewed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "shop.hpp"

namespace idi::clarification {
namespace {

constexpr const char* folder = "libs/clarification/tests/cases/";

struct Case {
  std::string why, ask;
  std::vector<std::pair<double, std::string>> reads;
  std::vector<Resolution> chosen;
};

/// "none", or all that a person sees: `date:orders (last month) Which …? | ordered at | …`.
std::string written(const std::optional<Clarification>& card, const std::string& question) {
  if (!card) return "none";
  const std::string phrase = question.substr(card->begin, card->end - card->begin);
  const std::string id = card->ambiguity == Ambiguity::reading ? "reading" : card->id;
  std::string text = fmt::format("{} ({}) {}", id, phrase, card->text);
  for (const auto& option : card->options) {
    text += " | " + option.label;
    if (card->ambiguity != Ambiguity::reading) text += " = " + option.id;
    if (!option.detail.empty()) text += " (" + option.detail + ")";
  }
  return text;
}

class Cases : public ::testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { linker_ = testing::shop_linker(); }
  static void TearDownTestSuite() { linker_.reset(); }

  static std::string card_of(const Case& one) {
    const Schema& schema = linker_->schema();
    auto question = linker_->link(one.ask);
    testing::Reads reads(schema);
    for (const auto& [probability, sql] : one.reads) reads.add(probability, sql);
    static_cast<void>(apply(question, schema, one.chosen));
    return written(find_ambiguity(question, schema, reads.alternatives(), one.chosen,
                                  testing::sql_as_words(schema)),
                   one.ask);
  }

  static void read_line(Case& one, const std::string& key, const std::string& rest) {
    if (key == "why") one.why = rest;
    if (key == "ask") one.ask = rest;
    if (key == "reads") {
      const auto blank = rest.find(' ');
      ASSERT_NE(blank, std::string::npos) << rest;
      one.reads.emplace_back(std::stod(rest), rest.substr(blank + 1));
    }
    if (key == "chose") {
      const auto equals = rest.find('=');
      ASSERT_NE(equals, std::string::npos) << rest;
      one.chosen.push_back({rest.substr(0, equals), rest.substr(equals + 1), "", ""});
    }
  }

  static inline std::shared_ptr<const link::Linker> linker_;
};

TEST_P(Cases, AskBackAsTheySay) {
  const std::filesystem::path file = std::string(folder) + GetParam();
  std::ifstream stream(file);
  ASSERT_TRUE(stream) << "run the tests from the project's root";
  Case one;
  std::string updated;
  int count = 0;
  for (std::string line; std::getline(stream, line);) {
    if (line.empty()) one = {};
    const std::size_t colon = line.find(": ");
    if (!line.empty() && !line.starts_with('#')) {
      ASSERT_NE(colon, std::string::npos) << line;
      const std::string key = line.substr(0, colon);
      const std::string rest = line.substr(colon + 2);
      read_line(one, key, rest);
      if (key == "card") {
        ++count;
        ASSERT_FALSE(one.why.empty() || one.ask.empty() || one.reads.empty()) << line;
        const std::string now = card_of(one);
        EXPECT_EQ(rest, now) << one.why << "\n  ask: " << one.ask;
        line = "card: " + now;
      }
    }
    updated += line + "\n";
  }
  EXPECT_GT(count, 0);
  stream.close();
  if (std::getenv("IDI_UPDATE_GOLDEN")) std::ofstream(file) << updated;
}

INSTANTIATE_TEST_SUITE_P(Files, Cases,
                         ::testing::Values("dates.case", "columns.case", "whole.case"),
                         [](const auto& name) {
                           std::string text = name.param;
                           return text.substr(0, text.find('.'));
                         });

}  // namespace
}  // namespace idi::clarification
