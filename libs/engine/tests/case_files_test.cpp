// tests/cases/*.case: a line `why:`, then what goes in (`ask:`, `sql:`) with what comes out below
// it. The file's name says which part of the room it is about. With IDI_UPDATE_GOLDEN=1 the files
// are rewritten; review the difference.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "idi/chart/chart.hpp"
#include "idi/core/text.hpp"
#include "idi/engine/schema_answers.hpp"
#include "idi/engine/understanding.hpp"
#include "idi/sql/translate.hpp"
#include "shop_fixture.hpp"
#include "summary.hpp"
#include "visualizer.hpp"

namespace idi::engine {
namespace {

constexpr const char* folder = "libs/engine/tests/cases";

std::string table_name(const Schema& schema, int table) {
  return table < 0 ? "" : " " + schema.tables[static_cast<std::size_t>(table)].name;
}

/// What a question is, on a line.
std::string understood(const std::string& question) {
  static const Schema schema = testing::shop_schema();
  const auto clean = clean_question(question);
  if (!clean) return "error: " + clean.error().to_text();
  const auto meant = understand(*clean, schema);
  if (!meant) {
    return fmt::format("{}: {}", error_code_name(meant.error().code), meant.error().message);
  }
  static const std::map<Intent, std::string> names{{Intent::data, "data"},
                                                   {Intent::redraw, "redraw"},
                                                   {Intent::list_tables, "tables"},
                                                   {Intent::list_columns, "columns of"},
                                                   {Intent::find_column, "where is"},
                                                   {Intent::connections, "connections"}};
  std::string text = names.at(meant->intent) + table_name(schema, meant->table) +
                     table_name(schema, meant->other_table);
  if (!meant->column.empty()) text += " " + meant->column;
  if (meant->chart) text += fmt::format(", as {}", chart::kind_name(*meant->chart));
  if (meant->question != *clean && !meant->question.empty()) text += ": " + meant->question;
  return text;
}

/// The answer's sentence and the hints of its columns.
std::string summarized(const std::string& sql) {
  static const testing::ShopFile file;
  static const auto source = testing::open_source(file);
  const auto& schema = source->schema();
  const auto result = testing::rows_of(*source, sql);
  const auto query = sql::to_ir(sql, schema);
  if (!query) return "error: " + query.error().to_text();
  return summarize(result, &*query, schema) +
         "\nwithout query: " + summarize(result, nullptr, schema);
}

std::string hinted(const std::string& sql) {
  static const testing::ShopFile file;
  static const auto source = testing::open_source(file);
  const auto query = sql::to_ir(sql, source->schema());
  if (!query) return "error: " + query.error().to_text();
  static const std::map<chart::Measure, std::string> names{
      {chart::Measure::unknown, "unknown"}, {chart::Measure::none, "plain"},
      {chart::Measure::count, "count"},     {chart::Measure::sum, "sum"},
      {chart::Measure::average, "average"}, {chart::Measure::extremum, "extremum"}};
  std::vector<std::string> texts;
  for (const auto& hint : column_hints(testing::rows_of(*source, sql), &*query, source->schema())) {
    std::string text = fmt::format("{} {}{}", names.at(hint.measure), column_type_name(hint.type),
                                   hint.key ? " key" : "");
    if (hint.coverage == chart::Coverage::whole) text += " of a whole";
    if (hint.coverage == chart::Coverage::part) text += " of a part";
    if (!hint.label.empty()) text += " “" + hint.label + "”";
    texts.push_back(std::move(text));
  }
  return text::join(texts, ", ");
}

std::string schema_answer(const std::string& question) {
  static const Schema schema = testing::shop_schema();
  const auto meant = understand(question, schema);
  if (!meant) return "error: " + meant.error().to_text();
  SchemaAnswer answer;
  switch (meant->intent) {
    case Intent::data:
    case Intent::redraw:
      return "not about the schema";
    case Intent::list_tables:
      answer = answer_tables(schema);
      break;
    case Intent::list_columns:
      answer = answer_columns(schema, meant->table);
      break;
    case Intent::find_column:
      answer = answer_column_places(schema, meant->column);
      break;
    case Intent::connections:
      answer = answer_connections(schema, meant->table, meant->other_table);
      break;
  }
  std::string text = answer.summary;
  for (const Row& row : answer.table.rows) {
    std::vector<std::string> cells;
    for (const Value& cell : row) cells.push_back(to_display(cell));
    text += "\nrow: " + text::join(cells, " | ");
  }
  return text;
}

/// By the beginning of a file's name.
std::string outcome(const std::string& file, const std::string& input) {
  if (file.starts_with("summary")) return summarized(input);
  if (file.starts_with("hints")) return hinted(input);
  if (file.starts_with("schema_answers")) return schema_answer(input);
  return understood(input);
}

class EngineCases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(EngineCases, GiveWhatIsWritten) {
  std::ifstream file(GetParam());
  std::string expected, actual, line;
  bool why = false;
  while (std::getline(file, line)) {
    expected += line + "\n";
    if (line.starts_with("why:")) why = true;
    if (line.starts_with("why:") || line.starts_with('#')) actual += line + "\n";
    if (line.empty()) actual += "\n";
    if (line.starts_with("ask: ") || line.starts_with("sql: ")) {
      actual += line + "\ngives: " + outcome(GetParam().stem().string(), line.substr(5)) + "\n";
    }
  }
  EXPECT_TRUE(why) << "a case file begins with why: …";
  if (std::getenv("IDI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(GetParam()) << actual;
  } else {
    EXPECT_EQ(actual, expected);
  }
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Cases, EngineCases, ::testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace idi::engine
