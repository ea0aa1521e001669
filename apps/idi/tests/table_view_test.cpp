// Runs the files of cases/table: a why, a width, columns, rows, and behind the line of dashes what
// is to come out. IDI_UPDATE_GOLDEN=1 writes what does come out.
#include "table_view.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "idi/core/text.hpp"

namespace idi::cli {
namespace {

namespace fs = std::filesystem;

struct Case {
  fs::path file;
  std::string input, expected;
  std::string why;
  ResultTable table;
  std::vector<ColumnType> types;
  TableStyle style;
};

ColumnType type_named(std::string_view name) {
  for (const auto type : {ColumnType::text, ColumnType::number, ColumnType::time,
                          ColumnType::boolean, ColumnType::other}) {
    if (column_type_name(type) == name) return type;
  }
  throw std::runtime_error("no column type " + std::string(name));
}

/// NULL, <n bytes>, a number, else a text with \n, \t, \e for what an editor hides.
Value value_of(std::string_view text) {
  if (text == "NULL") return Null{};
  if (text.size() > 1 && text.front() == '<') {
    return Blob{std::string(static_cast<std::size_t>(std::stoi(std::string(text.substr(1)))), 'x')};
  }
  const std::string copy(text);
  char* end = nullptr;
  const long long integer = std::strtoll(copy.c_str(), &end, 10);
  if (!copy.empty() && *end == '\0') return static_cast<std::int64_t>(integer);
  const double real = std::strtod(copy.c_str(), &end);
  if (!copy.empty() && *end == '\0') return real;
  std::string plain;
  for (std::size_t i = 0; i < copy.size(); ++i) {
    if (copy[i] != '\\' || i + 1 == copy.size()) {
      plain += copy[i];
      continue;
    }
    const char next = copy[++i];
    plain += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'e' ? '\x1b' : next;
  }
  return plain;
}

Case read_case(const fs::path& file) {
  Case one;
  one.file = file;
  std::ifstream in(file);
  std::stringstream content;
  content << in.rdbuf();
  const std::string text = content.str();
  const auto line = text.find("---\n");
  if (line == std::string::npos) throw std::runtime_error("no line of dashes");
  one.input = text.substr(0, line);
  one.expected = text.substr(line + 4);
  for (const auto& entry : text::split(one.input, '\n')) {
    const auto colon = entry.find(':');
    if (colon == std::string::npos) continue;
    const std::string key = entry.substr(0, colon);
    const std::string value(text::trim(entry.substr(colon + 1)));
    if (key == "why") one.why = value;
    if (key == "width") one.style.width = std::stoi(value);
    if (key == "color") one.style.color = value == "yes";
    if (key == "columns") {
      for (const auto& column : text::split(value, '|')) {
        const auto parts = text::split(std::string(text::trim(column)), ':');
        one.table.columns.push_back(parts.at(0));
        one.types.push_back(type_named(parts.at(1)));
      }
    }
    if (key == "row") {
      Row row;
      for (const auto& cell : text::split(value, '|')) row.push_back(value_of(text::trim(cell)));
      one.table.rows.push_back(std::move(row));
    }
  }
  return one;
}

TEST(RenderTable, GivesWhatTheCasesSay) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator("apps/idi/tests/cases/table")) {
    SCOPED_TRACE(entry.path().string());
    const Case one = read_case(entry.path());
    EXPECT_FALSE(one.why.empty()) << "every case says why it is there";
    const std::string rendered = render_table(one.table, one.types, one.style);
    ++count;
    if (std::getenv("IDI_UPDATE_GOLDEN")) {
      std::ofstream(one.file) << one.input << "---\n" << rendered;
    } else {
      EXPECT_EQ(rendered, one.expected);
    }
  }
  EXPECT_GE(count, 8);
}

TEST(RenderTable, NoLineIsWiderThanTheTerminal) {
  rc::check("fits", [] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 12);
    ResultTable table;
    for (std::size_t c = 0; c < columns; ++c) {
      table.columns.push_back(*rc::gen::element<std::string>("a", "name", "größe", "名前と住所",
                                                             "a very long column name"));
    }
    for (int r = *rc::gen::inRange(0, 4); r > 0; --r) {
      Row row;
      for (std::size_t c = 0; c < columns; ++c) {
        row.push_back(*rc::gen::oneOf(
            rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](auto v) { return Value(v); }),
            rc::gen::map(rc::gen::arbitrary<std::string>(), [](auto v) { return Value(v); }),
            rc::gen::just(Value(std::string("日本語のとても長い文章です。"))),
            rc::gen::just(Value(Null{}))));
      }
      table.rows.push_back(std::move(row));
    }
    TableStyle style;
    style.width = *rc::gen::inRange(20, 120);
    const std::string rendered = render_table(table, {}, style);
    RC_ASSERT(text::is_valid_utf8(rendered));
    for (const auto& line : text::split(rendered, '\n')) {
      RC_ASSERT(text::display_width(line) <= style.width);
      for (const char c : line) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
    }
  });
}

TEST(Fit, CutsAtCharacters) {
  EXPECT_EQ(fit("short", 5), "short");
  EXPECT_EQ(fit("longer", 5), "long…");
  EXPECT_EQ(fit("日本語", 5), "日本…");
  EXPECT_EQ(fit("日本語", 4), "日…");
  EXPECT_EQ(fit("x", 0), "");
}

}  // namespace
}  // namespace idi::cli
