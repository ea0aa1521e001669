// Results as text with the chart that is to come out: tests/cases/*.case. A case begins with a
// line "why:"; settings and rows follow, then "---" and what is expected. With IDI_UPDATE_GOLDEN=1
// what does come out is written there; review the difference.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "idi/chart/chart.hpp"
#include "idi/core/text.hpp"

namespace idi::chart {
namespace {

const std::filesystem::path folder = "libs/chart/tests/cases";

struct Case {
  std::string given;  ///< The lines up to "---", as they are.
  std::string expected;
  ResultTable table;
  std::vector<ColumnHint> hints;
  Choice choice;
  Limits limits;
  std::string title;
  bool chosen = false;
};

Value read_cell(std::string_view text) {
  text = text::trim(text);
  if (text == "NULL") return Null{};
  if (text == "BLOB") return Blob{std::string{"\x01\x02", 2}};
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    return std::string{text.substr(1, text.size() - 2)};
  }
  const char* end = text.data() + text.size();
  std::int64_t whole = 0;
  if (const auto [at, error] = std::from_chars(text.data(), end, whole);
      error == std::errc{} && at == end) {
    return whole;
  }
  double real = 0;
  if (const auto [at, error] = std::from_chars(text.data(), end, real);
      error == std::errc{} && at == end) {
    return real;
  }
  return std::string{text};
}

/// Commas between double quotes do not separate.
Row read_row(std::string_view line) {
  Row row;
  std::string cell;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      row.push_back(read_cell(cell));
      cell.clear();
    } else {
      cell += c;
    }
  }
  row.push_back(read_cell(cell));
  return row;
}

ColumnHint read_hint(std::string_view text) {
  ColumnHint hint;
  for (const std::string& raw : text::split(text::trim(text), ' ')) {
    if (raw == "key") hint.key = true;
    if (raw == "whole") hint.coverage = Coverage::whole;
    if (raw == "part") hint.coverage = Coverage::part;
    if (raw == "boolean") hint.type = ColumnType::boolean;
    if (raw == "text") hint.type = ColumnType::text;
    if (raw == "number") hint.type = ColumnType::number;
    if (raw == "none") hint.measure = Measure::none;
    if (raw == "count") hint.measure = Measure::count;
    if (raw == "sum") hint.measure = Measure::sum;
    if (raw == "average") hint.measure = Measure::average;
    if (raw == "extremum") hint.measure = Measure::extremum;
  }
  return hint;
}

void read_choice(const std::string& text, Case& test) {
  test.chosen = true;
  for (const std::string& raw : text::split(text, ' ')) {
    const auto equals = raw.find('=');
    if (equals == std::string::npos) continue;
    const std::string key = raw.substr(0, equals);
    const std::string value = raw.substr(equals + 1);
    if (key == "kind") test.choice.kind = kind_from_name(value);
    if (key == "x") test.choice.x = std::stoi(value);
    if (key == "series") test.choice.series = std::stoi(value);
    if (key == "y") {
      for (const auto& column : text::split(value, ',')) test.choice.y.push_back(std::stoi(column));
    }
  }
}

void read_limit(const std::string& text, Limits& limits) {
  const auto equals = text.find('=');
  const std::string key = text.substr(0, equals);
  const int value = std::stoi(text.substr(equals + 1));
  if (key == "points") limits.max_points = value;
  if (key == "categories") limits.max_categories = value;
  if (key == "slices") limits.max_pie_slices = value;
  if (key == "series") limits.max_series = value;
  if (key == "bins") limits.max_histogram_bins = value;
  if (key == "label_bytes") limits.max_label_bytes = value;
}

void read_line(const std::string& line, Case& test) {
  const auto after = [&](std::string_view key) {
    return std::string{text::trim(line.substr(key.size()))};
  };
  if (line.starts_with("why:")) return;
  if (line.starts_with("columns:")) {
    for (const auto& name : text::split(after("columns:"), '|')) {
      const auto trimmed = text::trim(name);
      if (!trimmed.empty()) test.table.columns.emplace_back(trimmed);
    }
  } else if (line.starts_with("hints:")) {
    for (const auto& hint : text::split(after("hints:"), '|')) {
      test.hints.push_back(read_hint(hint));
    }
  } else if (line.starts_with("choice:")) {
    read_choice(after("choice:"), test);
  } else if (line.starts_with("limits:")) {
    for (const auto& limit : text::split(after("limits:"), ' ')) read_limit(limit, test.limits);
  } else if (line.starts_with("title:")) {
    test.title = after("title:");
  } else if (line == "truncated") {
    test.table.truncated = true;
  } else if (!line.empty()) {
    test.table.rows.push_back(read_row(line));
  }
}

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<Case> cases;
  bool expected = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("why:")) {
      cases.emplace_back();
      expected = false;
    }
    if (cases.empty()) continue;
    Case& test = cases.back();
    if (line == "---") {
      expected = true;
    } else if (expected) {
      if (!line.empty()) test.expected += line + "\n";
    } else {
      test.given += line + "\n";
      read_line(line, test);
    }
  }
  return cases;
}

std::string list_of(const std::vector<std::string>& texts) { return text::join(texts, " | "); }

std::string describe(const Chart& chart) {
  std::string out =
      fmt::format("kind: {} ({})\ntitle: {}\n", kind_name(chart.kind), chart.reason, chart.title);
  if (chart.value) out += fmt::format("value: {}\n", to_display(*chart.value));
  if (chart.x_column >= 0) {
    out += fmt::format("x: {} {} “{}”\n", chart.x_column, scale_name(chart.x_scale), chart.x_label);
  }
  if (!chart.y_columns.empty()) {
    out += fmt::format("y: {} “{}”{}\n", fmt::join(chart.y_columns, ","), chart.y_label,
                       chart.zero_based ? "" : " not from zero");
  }
  if (chart.series_column >= 0) out += fmt::format("series: {}\n", chart.series_column);
  if (!chart.labels.empty()) out += fmt::format("labels: {}\n", list_of(chart.labels));
  for (const Series& series : chart.series) {
    std::vector<std::string> values;
    for (const auto& value : series.values)
      values.push_back(value ? fmt::format("{}", *value) : "-");
    out += fmt::format("  {}: {}\n", series.name, list_of(values));
  }
  for (const PointSeries& series : chart.points) {
    std::vector<std::string> points;
    for (const auto& [x, y] : series.points) points.push_back(fmt::format("({}, {})", x, y));
    out += fmt::format("  {}: {}\n", series.name, text::join(points, " "));
  }
  for (const auto& note : chart.notes) out += fmt::format("note: {}\n", note);
  std::vector<std::string> available;
  for (const Kind kind : chart.available) available.emplace_back(kind_name(kind));
  return out + fmt::format("available: {}\n", text::join(available, " "));
}

std::string outcome_of(const Case& test) {
  if (!test.chosen) {
    return describe(choose_chart(test.table, test.hints, test.title, test.limits));
  }
  const auto chart = make_chart(test.table, test.hints, test.choice, test.title, test.limits);
  if (chart) return describe(*chart);
  return fmt::format("error: {}: {}\nhint: {}\n", error_code_name(chart.error().code),
                     chart.error().message, chart.error().hint);
}

class ChartCases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(ChartCases, ComeOutAsWritten) {
  const auto cases = read_cases(GetParam());
  ASSERT_FALSE(cases.empty());
  const bool update = std::getenv("IDI_UPDATE_GOLDEN") != nullptr;
  std::string rewritten;
  for (const Case& test : cases) {
    const auto why = test.given.substr(4, test.given.find('\n') - 4);
    EXPECT_FALSE(text::trim(why).empty()) << "a case without a reason in " << GetParam();
    const std::string outcome = outcome_of(test);
    if (!update) {
      EXPECT_EQ(outcome, test.expected) << test.given;
    }
    rewritten += (rewritten.empty() ? "" : "\n") + test.given + "---\n" + outcome;
  }
  if (update) std::ofstream(GetParam()) << rewritten;
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Files, ChartCases, ::testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

TEST(ChartCaseFiles, AreMany) {
  std::size_t count = 0;
  for (const auto& path : case_files()) count += read_cases(path).size();
  EXPECT_GE(count, 60U);
}

}  // namespace
}  // namespace idi::chart
