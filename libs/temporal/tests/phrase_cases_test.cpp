// tests/cases/*.case: a line `why:`, then lines that set the clock and the settings, and lines
// `ask:` with what was found below them. With IDI_UPDATE_GOLDEN=1 the files are rewritten; review
// the difference.
//
//   today: 2023-05-17        starts anew with the settings that nobody changed
//   fiscal year begins: 10
//   week begins: Sunday
//   month before day: yes
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "idi/core/text.hpp"
#include "split_words.hpp"

namespace idi::temporal {
namespace {

constexpr const char* folder = "libs/temporal/tests/cases";

std::vector<std::string> found_in(std::string_view question, const Calendar& calendar) {
  const testing::Sentence sentence(question);
  const auto words = sentence.words();
  std::vector<std::string> lines;
  for (const Phrase& phrase : find_phrases(words, calendar)) {
    lines.push_back(fmt::format("  {} = {} ({}){}", sentence.said(phrase), phrase.text,
                                in_words(phrase.text), phrase.relative ? " relative" : ""));
  }
  if (lines.empty()) lines.emplace_back("  nothing");
  return lines;
}

/// The file as it should be.
std::string rewritten(const std::string& text) {
  std::string today = "2023-05-17";
  CalendarSettings settings;
  std::string result;
  for (const std::string& line : text::split(text, '\n')) {
    const auto value = [&](std::string_view key) {
      return line.starts_with(key) ? std::string(text::trim(line.substr(key.size())))
                                   : std::string();
    };
    if (line.starts_with("  ")) continue;
    if (const auto day = value("today:"); !day.empty()) {
      today = day;
      settings = {};
    } else if (const auto month = value("fiscal year begins:"); !month.empty()) {
      settings.fiscal_year_begins = static_cast<unsigned>(std::stoi(month));
    } else if (const auto weekday = value("week begins:"); !weekday.empty()) {
      settings.week_begins_on_monday = weekday == "Monday";
    } else if (const auto yes = value("month before day:"); !yes.empty()) {
      settings.day_before_month = yes != "yes";
    }
    result += line + "\n";
    if (const auto question = value("ask:"); !question.empty()) {
      const auto calendar = Calendar::fixed(today, settings);
      if (!calendar) return calendar.error().to_text();
      for (const std::string& found : found_in(question, *calendar)) result += found + "\n";
    }
  }
  while (result.ends_with("\n\n")) result.pop_back();
  return result;
}

class PhraseCases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(PhraseCases, AreFound) {
  std::ifstream in(GetParam(), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  ASSERT_TRUE(text.starts_with("why: ")) << GetParam();
  const std::string expected = rewritten(text);
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr && expected != text) {
    std::ofstream(GetParam(), std::ios::binary) << expected;
    return;
  }
  std::istringstream is_lines(text), should_lines(expected);
  std::string is, should, question;
  while (std::getline(should_lines, should)) {
    std::getline(is_lines, is);
    if (should.starts_with("ask:")) question = should;
    ASSERT_EQ(is, should) << question;
  }
  EXPECT_EQ(text, expected);
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Files, PhraseCases, ::testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace idi::temporal
