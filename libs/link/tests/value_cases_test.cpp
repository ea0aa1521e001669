// tests/cases/*.case: a line `why:`, then lines `ask:` with the value candidates below them, in the
// order of their words: kind, text, and the words that they cover. It is 17 May 2023. With
// IDI_UPDATE_GOLDEN=1 the files are rewritten; review the difference.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "idi/core/text.hpp"
#include "sample_linker.hpp"

namespace idi::link {
namespace {

constexpr const char* folder = "libs/link/tests/cases";

std::string kind_name(ValueKind kind) {
  switch (kind) {
    case ValueKind::number:
      return "number";
    case ValueKind::quoted:
      return "quoted";
    case ValueKind::cell:
      return "cell";
    case ValueKind::span:
      return "span";
    case ValueKind::date:
      break;
  }
  return "date";
}

std::string linked(const Linker& linker, std::string_view question) {
  auto found = linker.link(question);
  std::stable_sort(found.values.begin(), found.values.end(),
                   [](const auto& a, const auto& b) { return a.token_begin < b.token_begin; });
  std::string lines;
  for (const ValueCandidate& value : found.values) {
    const std::size_t begin = found.tokens[static_cast<std::size_t>(value.token_begin)].begin;
    const std::size_t end = found.tokens[static_cast<std::size_t>(value.token_end) - 1].end;
    lines += fmt::format("  {} {}: {}\n", kind_name(value.kind), value.text,
                         found.question.substr(begin, end - begin));
  }
  return lines.empty() ? "  nothing\n" : lines;
}

class ValueCases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(ValueCases, AreLinked) {
  std::ifstream in(GetParam(), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  ASSERT_TRUE(text.starts_with("why: ")) << GetParam();
  const auto linker = testing::music_linker();
  std::string expected;
  for (const std::string& line : text::split(text, '\n')) {
    if (line.starts_with("  ")) continue;
    expected += line + "\n";
    if (line.starts_with("ask: ")) expected += linked(*linker, std::string_view(line).substr(5));
  }
  while (expected.ends_with("\n\n")) expected.pop_back();
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr && expected != text) {
    std::ofstream(GetParam(), std::ios::binary) << expected;
    return;
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

INSTANTIATE_TEST_SUITE_P(Files, ValueCases, ::testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace idi::link
